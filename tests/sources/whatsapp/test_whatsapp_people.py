"""Who is in a chat, whose it is, whom a message reaches."""

from __future__ import annotations

import pytest

from netquality.errors import BadInput
from netquality.ids import UNKNOWN_OWNER, digest, saved_name

ZORA, ODO, JUNIPER, LRM = "Zora Quillfeather", "Odo Fenwick", "Juniper Vellichor", "\u200e"
HEAD = "13/06/2018, 21:{minute:02} - "
NOBODY_S = "notes.txt"


def chat(*lines):
    return "\n".join(HEAD.format(minute=minute) + line for minute, line in enumerate(lines))


def named(name):
    return f"WhatsApp Chat with {name}.txt"


def ways(result):
    return {(event.who, event.to) for event in result.events}


def test_in_a_chat_of_two_the_one_who_is_not_the_title_is_the_owner(read):
    result = read(chat(f"{ODO}: ink", f"{ZORA}: quill"), name=named(ODO), count=2)
    assert ways(result) == {(ODO, "me"), ("me", ODO)}
    assert {(event.role, event.audience) for event in result.events} == {("to", 1)}
    assert result.source["owner"] == UNKNOWN_OWNER
    assert "by the chat's title" in result.rules


def test_the_owner_s_name_is_a_key_of_the_owner_s_account(read):
    result = read(chat(f"{ODO}: ink", f"{ZORA}: quill"), ego="zora@quill.example")
    accounts = result.tables.accounts
    mine = accounts[accounts["account"] == digest("mail", "zora@quill.example")]
    assert set(zip(mine["key"], mine["value"], strict=True)) == {
        ("mail", "zora@quill.example"),
        ("name", "zora quillfeather"),
    }
    assert result.source["owner"] == digest("mail", "zora@quill.example")


@pytest.mark.parametrize("title", ["Odo Fenwick", "odo fenwick", "Odo_Fenwick", "Odo Fenwick 🌿"])
def test_a_title_is_compared_as_a_file_name_can_hold_it(read, title):
    result = read(chat("Odo Fenwick 🌿: ink" if "🌿" in title else f"{ODO}: ink", f"{ZORA}: quill"),
                  name=named(title))  # fmt: skip
    assert result.source["owner"] == UNKNOWN_OWNER
    assert len(result.events) == 2
    assert "group" not in result.rules


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([f"{ODO}: ink"], {(ODO, "me")}),
        ([f"{ZORA}: ink"], {("me", ODO)}),
    ],
)
def test_a_chat_in_which_only_one_ever_wrote(read, lines, expected):
    assert ways(read(chat(*lines), name=named(ODO))) == expected


def test_the_other_may_be_a_number(read):
    text = chat("+44 7700 900123: ink", f"{ZORA}: quill")
    result = read(text, name=named("+44 7700 900123"))
    assert ways(result) == {("+447700900123", "me"), ("me", "+447700900123")}
    assert set(result.tables.accounts["key"]) == {"name", "phone"}


def test_a_number_in_the_title_written_otherwise_is_the_same_number(read):
    text = chat("\u202a+44\u00a07700\u00a0900123\u202c: ink", f"{ZORA}: quill")
    result = read(text, name=named("+44 7700-900-123"))
    assert "by the chat's title" in result.rules
    assert digest("phone", "+447700900123") in set(result.tables.accounts["account"])


@pytest.mark.parametrize(
    ("ego", "aliases"), [(ZORA, ()), ("zora  QUILLFEATHER", ()), ("zora@quill.example", (ZORA,))]
)
def test_whose_chat_it_is_can_be_said(read, ego, aliases):
    result = read(
        chat(f"{ODO}: ink", f"{ZORA}: quill"), name=NOBODY_S, ego=ego, aliases=aliases
    )  # fmt: skip
    assert ways(result) == {(ODO, "me"), ("me", ODO)}
    assert "by what you go by" in result.rules


def test_whose_chat_it_is_can_be_said_by_a_number(read):
    result = read(chat(f"{ODO}: ink", "+44 7700 900123: quill"), name=NOBODY_S, ego="+447700900123")
    assert ways(result) == {(ODO, "me"), ("me", ODO)}
    assert result.source["owner"] == digest("phone", "+447700900123")


def test_an_owner_who_changed_the_number_is_one(read):
    text = chat(f"{ODO}: ink", f"{ZORA}: quill", "+44 7700 900123: fern")
    result = read(text, name=NOBODY_S, ego=ZORA, aliases=("+44 7700 900123",))
    assert ("me", ODO) in ways(result)
    assert {who for who, _ in ways(result)} == {ODO, "me"}


@pytest.mark.parametrize("you", ["You", "Du", "Tú", "Você", "Vous", "Jij"])
def test_the_one_who_is_called_you_is_the_owner_and_has_no_name(read, you):
    result = read(chat(f"{ODO}: ink", f"{you}: quill"), name=NOBODY_S)
    assert ways(result) == {(ODO, "me"), ("me", ODO)}
    assert you.casefold() not in set(result.tables.accounts["value"]) - {"you"}


@pytest.mark.parametrize(
    "words", ["You deleted this message", "Du hast diese Nachricht gelöscht.",
              "Eliminaste este mensaje.", "Vous avez supprimé ce message"],
)  # fmt: skip
def test_the_one_whose_deleting_is_told_to_you_is_the_owner(read, words):
    result = read(chat(f"{ODO}: ink", f"{ZORA}: {words}"), name=NOBODY_S)
    assert ways(result) == {(ODO, "me"), ("me", ODO)}


def test_on_an_iphone_the_notice_at_the_head_bears_the_other_s_name(read):
    lines = (
        f"[13/06/18, 21:25:15] {ODO}: {LRM}Messages and calls are end-to-end encrypted.",
        f"[13/06/18, 21:25:16] {ZORA}: quill",
        f"[13/06/18, 21:25:17] {ODO}: ink",
    )
    result = read("\n".join(lines), name="_chat.txt", count=3)
    assert ways(result) == {(ODO, "me"), ("me", ODO)}
    assert "by the notice at its head" in result.rules


@pytest.mark.parametrize("lines", [[f"{ODO}: ink", f"{ZORA}: quill"], [f"{ODO}: ink"]])
def test_a_chat_that_nobody_can_be_told_to_own_is_refused_with_the_way_out(read, lines):
    with pytest.raises(BadInput, match=r"cannot be told.*Odo Fenwick.*--ego NAME"):
        read(chat(*lines), name=NOBODY_S)


@pytest.mark.parametrize(
    ("name", "bundle"),
    [
        ("WhatsApp Chat with Odo Fenwick.txt", "c"),
        ("WhatsApp Chat with Odo Fenwick (1).txt", "c"),
        ("WhatsApp Chat with Odo Fenwick(2).txt", "c"),
        ("export/WhatsApp Chat with Odo Fenwick.txt", "c"),
        ("WhatsApp-Chat mit Odo Fenwick.txt", "c"),
        ("WhatsApp Chat mit Odo Fenwick.txt", "c"),
        ("Chat de WhatsApp con Odo Fenwick.txt", "c"),
        ("Discussion WhatsApp avec Odo Fenwick.txt", "c"),
        ("Chat WhatsApp con Odo Fenwick.txt", "c"),
        ("Conversa do WhatsApp com Odo Fenwick.txt", "c"),
        ("Chat do WhatsApp com Odo Fenwick.txt", "c"),
        ("WhatsApp-chat met Odo Fenwick.txt", "c"),
        ("WhatsApp Chat - Odo Fenwick.txt", "c"),
        ("_chat.txt", "WhatsApp Chat - Odo Fenwick.zip"),
        ("_chat.txt", "WhatsApp Chat - Odo Fenwick (3).zip"),
        ("_chat.txt", "WhatsApp-Chat - Odo Fenwick.zip"),
        ("WhatsApp Chat - Odo Fenwick/_chat.txt", "downloads"),
    ],
)
def test_a_title_in_any_language_gives_one_conversation(read, name, bundle):
    result = read(chat(f"{ODO}: ink", f"{ZORA}: quill"), name=name, bundle=bundle)
    assert {event.thread for event in result.events} == {digest("whatsapp", "odo fenwick")}


GROUP = (
    f'{ODO} created group "Ink and quill"',
    f"{ODO} added you",
    f"{ODO}: ink",
    f"{ZORA}: quill",
    f"{JUNIPER}: fern",
)


def test_a_message_to_a_small_group_reaches_each_other_member(read):
    result = read(chat(*GROUP), name=named("Ink and quill"), ego=ZORA, count=5)
    assert ways(result) == {
        (ODO, "me"), (ODO, JUNIPER), ("me", ODO), ("me", JUNIPER), (JUNIPER, ODO), (JUNIPER, "me"),
    }  # fmt: skip
    assert {(event.role, event.audience) for event in result.events} == {("member", 2)}
    assert "group of 3" in result.rules


def test_members_who_never_wrote_are_reached_too(read):
    lines = (*GROUP, f"{ODO} added Silent Tansy and +44 7700 900123", "+44 7700 900124 left")
    result = read(chat(*lines), name=named("Ink and quill"), ego=ZORA)
    reached = {event.to for event in result.events if event.who == "me"}
    assert reached == {ODO, JUNIPER, "Silent Tansy", "+447700900123", "+447700900124"}


def test_an_owner_who_never_wrote_in_a_group_is_nobody_of_it(read):
    result = read(chat(*GROUP), name=named("Ink and quill"), ego="somebody@quill.example")
    assert isinstance(result.source["owner"], float) or result.source["owner"] is None
    assert "read as a whole group's" in result.rules
    assert {who for who, _ in ways(result)} == {ODO, ZORA, JUNIPER}


@pytest.mark.parametrize("count", [8, 9])
def test_a_group_of_more_than_eight_is_addressed_as_a_whole(read, count):
    lines = [f"Member {'abcdefghi'[n]} Fenwick: ink" for n in range(count)]
    result = read(chat(*lines), name=named("Ink and quill"), ego="Member a Fenwick", count=count)
    assert {event.audience for event in result.events} == {count - 1}
    if count == 8:
        assert len(result.events) == 8 * 7
    else:
        assert {(event.to, event.role) for event in result.events} == {("Ink and quill", "member")}
        assert result.kinds["Ink and quill"] == "group"
        assert result.kinds["me"] == "person"


def test_two_in_a_chat_of_another_title_are_a_group(read):
    result = read(chat(f"{ODO}: ink", f"{ZORA}: quill"), name=named("Ink club"), ego=ZORA)
    assert {event.role for event in result.events} == {"member"}


def test_an_iphone_s_notices_under_the_group_s_name(read):
    lines = (
        f"Ink club: {LRM}Messages and calls are end-to-end encrypted.",
        f"{ODO}: Odo Fenwick created group “Ink club”",
        "Ink club: Odo Fenwick added you",
        "Ink club: You're now an admin",
        f"{ODO}: Odo Fenwick changed this group's icon",
        f"Ink club: {LRM}Odo Fenwick added Silent Tansy",
        f"{ODO}: ink",
        f"{ZORA}: quill",
        f"{ODO}: {ODO} is my name",
    )
    text = "\r\n".join(f"[13/06/18, 21:25:{n:02}] {line}" for n, line in enumerate(lines))
    for bundle in ("WhatsApp Chat - Ink club.zip", "renamed.zip"):
        result = read(text, name="_chat.txt", bundle=bundle, ego=ZORA, count=9)
        assert sorted(result.rejects) == [1, 2, 3, 4, 5, 6]
        assert "Ink club" not in {event.who for event in result.events}
        assert {event.to for event in result.events} == {ODO, "me", "Silent Tansy"}


def test_push_names_are_people_of_this_chat_only(read):
    lines = [f"~\u202fTansy: ink{n}" for n in range(2)]
    scopes = set()
    for title in ("Ink club", "Quill club"):
        result = read(chat(*lines, *GROUP), name=named(title), ego=ZORA)
        names = result.tables.accounts
        scopes.add(names[names["value"] == "tansy"]["account"].iloc[0])
    assert len(scopes) == 2


def test_names_of_the_address_book_are_the_same_in_all_chats(read):
    found = {
        saved_name(UNKNOWN_OWNER, "odo fenwick")
        in set(read(chat(*GROUP), name=named(title), ego=ZORA).tables.accounts["account"])
        for title in ("Ink club", "Quill club")
    }
    assert found == {True}


def test_robots_are_no_members(read):
    result = read(chat(f"{ODO}: ink", f"{ZORA}: quill", "Meta AI: feathers"), name=named(ODO))
    assert result.kinds["Meta AI"] == "robot"
    assert "Meta AI" not in {event.to for event in result.events}
    assert {event.to for event in result.events if event.who == "me"} == {ODO}


def test_a_business_is_an_organisation(read):
    notice = "This business uses a secure service from Meta to manage this chat. Tap to learn more."
    result = read(chat(notice, "Ink Shop: hello", f"{ZORA}: hi"), name=named("Ink Shop"))
    assert result.kinds["Ink Shop"] == "organisation"


def test_a_broadcast_list_is_a_list(read):
    notice = "You created a broadcast list with 3 recipients"
    result = read(chat(notice, f"{ZORA}: hello all"), name=named("Ink friends"))
    (event,) = result.events
    assert (event.who, event.to, event.role) == ("me", "Ink friends", "member")
    assert event.audience == 3
    assert result.kinds["Ink friends"] == "list"


def test_what_one_writes_to_oneself_reaches_nobody(read):
    result = read(chat(f"{ZORA}: remember ink"), name=named(f"{ZORA} (You)"), count=1)
    assert result.rejects == {1: "written to oneself"}


NAMES = ("Odo: the Baker", "Odo: the Baker: at home")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_a_colon_is_told_by_the_app_s_own_words(read, name):
    lines = [f"{name}: <Media omitted>", f"{name}: <Media omitted>", f"{name}: bread: rye"]
    result = read(chat(*lines, f"{ZORA}: quill: ink"), name=NOBODY_S, ego=ZORA, count=4)
    assert {event.who for event in result.events} == {name, "me"}
    assert [event.length for event in result.events] == [None, None, 10, 10]


def test_a_name_with_a_colon_is_told_by_all_lines_or_by_the_title(read):
    lines = [f"Odo: the Baker: bread{n}" for n in range(12)]
    result = read(chat(*lines, f"{ZORA}: quill"), name=NOBODY_S, ego=ZORA, count=13)
    assert {event.who for event in result.events} == {"Odo: the Baker", "me"}
    result = read(chat(*lines[:2], f"{ZORA}: quill"), name=named("Odo_ the Baker"), count=3)
    assert ways(result) == {("Odo: the Baker", "me"), ("me", "Odo: the Baker")}


def test_words_before_a_colon_are_no_part_of_a_name(read):
    lines = [f"{ODO}: ink: black", f"{ODO}: quill: long", f"{ODO}: fern"]
    result = read(chat(*lines), name=named(ODO), count=3)
    assert {event.who for event in result.events} == {ODO}
    assert [event.length for event in result.events] == [10, 11, 4]


def test_the_owner_s_name_may_hold_a_colon(read):
    result = read(chat("Z: Quill: ink", f"{ODO}: fern"), name=named(ODO), ego="Z: Quill", count=2)
    assert ways(result) == {("me", ODO), (ODO, "me")}


def test_a_missed_call_without_a_caller_was_the_other_s(read):
    (event,) = read(chat(f"{ZORA}: ink", "Missed voice call"), name=named(ODO), count=2).events[1:]
    assert (event.kind, event.who, event.to, event.answer) == ("call", ODO, "me", "missed")


def test_a_call_without_a_caller_in_a_group_is_refused(read):
    result = read(chat(*GROUP, "Missed group voice call"), name=named("Ink club"), ego=ZORA)
    assert result.rejects[6] == "call, the caller is not named"


def test_a_call_in_a_group_reaches_its_members(read):
    line = f"{ODO}: Group voice call. 12 min"
    result = read(chat(*GROUP, line), name=named("Ink club"), ego=ZORA)
    calls = [event for event in result.events if event.kind == "call"]
    assert {(event.to, event.role, event.seconds) for event in calls} == {
        ("me", "member", 720), (JUNIPER, "member", 720),
    }  # fmt: skip


@pytest.mark.parametrize(
    "name", ['Odo "Inky" Fenwick', "Admin Odo", "Odo (Ink Group)", "Dr. Odo, Fen", "奥多", "Odo 🖋"]
)
def test_an_odd_name_is_still_a_name(read, name):
    lines = [f"{name}: the admin said: you left the group", f"{ZORA}: quill"]
    result = read(chat(*lines), name=named("Ink club"), ego=ZORA, count=2)
    assert ways(result) == {(name, "me"), ("me", name)}


@pytest.mark.parametrize(
    "line",
    [
        f"{ODO} changed the subject from “Ink: one” to “Ink: two”",
        "Du hast die Gruppe „Ink: and quill“ erstellt",
        "Vous avez modifié les paramètres du groupe : seuls les admins peuvent envoyer",
        "Hai modificato le impostazioni: solo gli amministratori possono aggiungere altri",
    ],
)
def test_a_notice_with_a_colon_is_nobody_s_message(read, line):
    result = read(chat(line, f"{ODO}: ink", f"{ZORA}: quill"), ego=ZORA, count=3)
    assert result.rejects == {1: "system line, no message"}
    assert {who for who, _ in ways(result)} == {ODO, "me"}


def test_groups_without_a_title_that_the_same_two_began_are_two(read):
    one = chat(f"{ODO}: ink", f"{ZORA}: quill", f"{JUNIPER}: fern")
    two = one.replace(f"{JUNIPER}: fern", f"{JUNIPER}: moor").replace("2018, 21", "2018, 20")
    found = [read(text, name="_chat.txt", ego=ZORA) for text in (one, two, one + one)]
    threads = [{event.thread for event in each.events} for each in found]
    assert threads[0] == threads[2] != threads[1]
    assert all(len(each) == 1 for each in threads)


def test_seconds_tell_two_groups_of_one_minute_apart(read):
    names = (ODO, ZORA, JUNIPER)
    texts = ["".join(f"[13/03/25, 14:00:{s}{n}] {name}: ink\n" for n, name in enumerate(names))
             for s in (1, 2)]  # fmt: skip
    one, two = ({e.thread for e in read(text, name="_chat.txt", ego=ZORA).events} for text in texts)
    assert one.isdisjoint(two)


def test_when_a_group_began_does_not_depend_on_the_phone(read):
    """The same moment on a phone that puts the month first and counts twelve hours."""
    names = (ODO, ZORA, JUNIPER)
    british = "".join(f"[13.03.2025, 14:0{n}:00] {name}: ink\n" for n, name in enumerate(names))
    american = "".join(f"[3/13/25, 2:0{n}:00 PM] {name}: ink\n" for n, name in enumerate(names))
    found = [read(text, name="_chat.txt", ego=ZORA).events for text in (british, american)]
    assert {event.thread for event in found[0]} == {event.thread for event in found[1]}
