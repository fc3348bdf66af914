"""What is read from a message's text while it is in hand: marks, never the text."""

import pandas as pd
import pytest

ASK = "Hi Ada, could you introduce me to the people who run the fern lab? I would be grateful."
PLAIN = "The river was calm this morning and the boats went out early, so we watched the birds."
JAPANESE = "今朝は川が静かで、船は早く出て行きました。鳥を見ていました。"
FINNISH = "Hei, olisi mukava jutella joskus kahvin ääressä kesän suunnitelmista ja hankkeesta."
PITCH = "Hello! We would like to show you our new catalogue of ferns, moss and other quiet plants."


@pytest.fixture
def marks(load, messages, message, profile):
    """Return the marks of messages with these bodies, each to another person."""

    def of(*bodies, era="2026-03"):
        rows = [
            message(
                **{"from": "Zora Quillfeather", "to": f"Person {chr(65 + n)}"},
                conversation_id=f"2-{n}==",
                content=body,
                sender_profile_url="https://www.linkedin.com/in/zora-quillfeather",
                recipient_profile_urls=f"https://www.linkedin.com/in/person-{n}",
            )
            for n, body in enumerate(bodies)
        ]
        tables = load({"Profile.csv": profile, "messages.csv": messages(era, rows)})
        found = tables.events.sort_values("row")["marks"]
        return [None if pd.isna(each) else set(filter(None, each.split("|"))) for each in found]

    return of


@pytest.mark.parametrize(
    ("body", "mark"),
    [
        (ASK, "ask"),
        ("Could you introduce me to Otto? I would love to meet him.", "ask"),
        ("Thank you so much for your help with the ferns last week!", "thanks"),
        ("Happy birthday!", "prompted"),
        ("Happy birthday, Ada! I hope that you have a lovely day.", "prompted"),
        ("Congrats on your work anniversary!", "prompted"),
    ],
)
def test_marked(body, mark, marks):
    assert mark in marks(body)[0]


def test_plain_english_has_no_marks(marks):
    assert marks(PLAIN) == [set()]


@pytest.mark.parametrize("body", [JAPANESE, FINNISH], ids=["Japanese", "Finnish"])
def test_languages_without_rules_are_unknown_not_none(body, marks):
    assert marks(body) == [None]


@pytest.mark.parametrize(("copies", "templated"), [(8, True), (2, False)])
def test_the_same_body_to_many_is_templated(copies, templated, marks):
    found = marks(*[PITCH] * copies, PLAIN)
    assert [("templated" in each) for each in found] == [templated] * copies + [False]


def test_line_breaks_do_not_hide_a_template(marks):
    bodies = [PITCH.replace("! ", "!" + gap) for gap in ("\n", "\n\n", "  ", " ") * 2]
    assert all("templated" in each for each in marks(*bodies))


def test_marks_are_separated_by_bars(marks):
    body = "Thank you for the ferns! Could you introduce me to Otto, please? I want to meet him."
    assert {"ask", "thanks"} <= marks(body)[0]


def test_marks_do_not_depend_on_the_era(marks):
    bodies = (ASK.replace(", ", ",\n"), PLAIN, "Happy birthday!", JAPANESE)
    assert marks(*bodies, era="2020") == marks(*bodies)
