"""Pieces for files of many small records: chats, calls, cards, messages."""

from __future__ import annotations

from blown_up import Shape

__all__ = ["BACKUP", "CALLS", "CONTACTS", "SLACK", "TELEGRAM", "VCARD", "WHATSAPP"]

_NAMES = ("Zora", "Odo", "Juniper", "Bram", "Isolde", "Horatio", "Ulrika", "Fennel")


def _clock(number: int) -> str:
    minutes = number // 4 % 1440
    day, month = number // 5760 % 28 + 1, number // 161280 % 12 + 1
    return f"{day:02}/{month:02}/2025, {minutes // 60:02}:{minutes % 60:02}"


_STAMP = "13/06/2018, 21:25 - "
WHATSAPP = {
    "tiny messages": Shape("", "13/6/18, 9:25 - O: k\n"),
    "messages of two": Shape("", lambda n: f"{_clock(n)} - {_NAMES[n % 2]}: ink\n"),
    "messages of eight": Shape("", lambda n: f"{_clock(n)} - {_NAMES[n % 8]}: ink\n"),
    "tiny messages of eight": Shape("", lambda n: f"13/6/18, 9:25 - {'ABCDEFGH'[n % 8]}: k\n"),
    "messages of everybody": Shape("", lambda n: f"{_clock(n)} - N{n}: ink\n"),
    "messages of numbers": Shape("", lambda n: f"{_clock(n)} - +44 7700 9{n % 100_000:05}: ink\n"),
    "one message": Shape(f"{_STAMP}Odo: ", "ink and quill\n"),
    "one long line": Shape(f"{_STAMP}Odo: ", "ink and quill "),
    "one long name": Shape(_STAMP, "Odo ", ": ink\n"),
    "colons": Shape(_STAMP, "Odo: "),
    "mentions": Shape("", lambda n: f"{_clock(n)} - Odo: {'@447700900123 ' * 50}\n"),
    "system lines": Shape("", lambda n: f"{_clock(n)} - Zora added N{n}\n"),
    "one line of many added": Shape(f"{_STAMP}Zora added Odo", lambda n: f", N{n}", "\n"),
    "renamings": Shape("", lambda n: f'{_clock(n)} - Zora changed the subject to "Ink {n}"\n'),
    "calls": Shape("", lambda n: f"{_clock(n)} - {_NAMES[n % 2]}: Missed voice call\n"),
    "marks of direction": Shape(f"{_STAMP}Odo: ", "\u200e"),
    "iphone": Shape("", "[13/06/18, 21:25:15] Odo: ink\r\n"),
    "blank lines": Shape(f"{_STAMP}Odo: ink\n", "\n"),
    "half a stamp": Shape(f"{_STAMP}Odo: ink\n", "13/06/2018, "),
    "digits": Shape(f"{_STAMP}Odo: ink\n", "1"),
}
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n<smses>'
_WHEN = 'date="1714557600000"'
_SMS = f'<sms address="07700900123" {_WHEN} type="1"'


def _group(count: int, number: str = "") -> str:
    people = "".join(f'<addr address="+4477009{number}{k:03}" type="151"/>' for k in range(count))
    return f"<addrs>{people}</addrs>"


_MMS = f'<mms {_WHEN} msg_box="1" address="x" ct_t="application/x">'
BACKUP = {
    "tiny texts": Shape(_XML, '<sms address="+447700900123" date="1" type="1"/>'),
    "texts": Shape(
        _XML,
        lambda n: f'<sms address="+447700900123" date="{1714557600000 + n}" type="1" body="k"/>',
    ),
    "texts of everybody": Shape(
        _XML,
        lambda n: f'<sms address="+44770{n:07}" date="{1714557600000 + n}" type="1" body="k"/>',
    ),
    "texts of robots": Shape(
        _XML, lambda n: f'<sms address="ink{n}" {_WHEN} type="1" contact_name="N{n}"/>'
    ),
    "empty elements": Shape(_XML, "<sms/>"),
    "calls": Shape(
        "<calls>", lambda n: f'<call number="+44770{n:07}" {_WHEN} type="1" duration="1"/>'
    ),
    "one body": Shape(f'{_XML}{_SMS} body="', "ink and quill ", '"/></smses>'),
    "one name": Shape(f'{_XML}{_SMS} contact_name="', "Odo ", '"/></smses>'),
    "one number": Shape(f'{_XML}<sms {_WHEN} type="1" address="', "0", '"/></smses>'),
    "references": Shape(f'{_XML}{_SMS} body="', "&#55357;&#56832;", '"/></smses>'),
    "ampersands": Shape(f'{_XML}{_SMS} body="', "&", '"/></smses>'),
    "attributes": Shape(f"{_XML}<sms", lambda n: f' a{n}="1"', "/></smses>"),
    "nested": Shape(_XML, "<sms>"),
    "nested in a message": Shape(f"{_XML}{_MMS}", "<parts>"),
    "texts after texts": Shape(_XML, f"{_SMS}>ink</sms>ink"),
    "one group": Shape(
        f"{_XML}{_MMS}<addrs>",
        lambda n: f'<addr address="+44770{n:07}" type="151"/>',
        "</addrs></mms></smses>",
    ),
    "one joined address": Shape(
        f'{_XML}<mms {_WHEN} msg_box="2" address="',
        lambda n: f"+44770{n:07}~",
        '"/></smses>',
    ),
    "joined addresses": Shape(
        _XML,
        lambda n: (
            f'<mms date="{1714557600000 + n * 1000}" msg_box="2" '
            f'address="{"~".join(f"+4477009{k:05}" for k in range(8))}"/>'
        ),
    ),
    "short joined addresses": Shape(
        _XML, lambda n: f'<mms date="{n}0000000" msg_box="2" address="1~2~3~4~5~6~7"/>'
    ),
    "groups of eight": Shape(
        _XML,
        lambda n: f'<mms date="{1714557600000 + n * 1000}" msg_box="2">{_group(8)}</mms>',
    ),
    "groups of a thousand": Shape(_XML, f"{_MMS}{_group(1000, '00')}</mms>"),
    "one message's parts": Shape(f"{_XML}{_MMS}<parts>", '<part ct="text/plain" text="ink"/>'),
    "picture": Shape(f'{_XML}{_MMS}<parts><part ct="image/jpeg" data="', "QUJD", '"/></parts>'),
    "comments": Shape(_XML, "<!-- ink -->"),
    "instructions": Shape(_XML, "<?ink quill?>"),
    "unclosed": Shape(_XML, "<"),
    "blanks": Shape('<?xml version="1.0"?>', " ", "<smses/>"),
}
_CALLS = "Number,Date,Duration,Type\n"
CALLS = {
    "tiny calls": Shape(_CALLS, "07700900123,13.5.24 9:05,1,In\n"),
    "calls": Shape(
        _CALLS,
        lambda n: (
            f"+44770{n:07},2024-05-13 {n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02},75,In\n"
        ),
    ),
    "names": Shape(
        "Name," + _CALLS, lambda n: f"N{n},+44770{n:07},2024-05-13 09:05:07,75,Incoming\n"
    ),
    "mixed dates": Shape(
        _CALLS, lambda n: f"+447700900123,{n % 28 + 1}. Mai 2024 um 9:{n % 60:02} Uhr,1h 2m,In\n"
    ),
    "no dates": Shape(_CALLS, lambda n: f"+447700900123,ink {n},soon {n},quill {n}\n"),
    "one cell": Shape(_CALLS + '+447700900123,2024-05-13 09:05:07,75,"', "ink ", '"\n'),
    "one name": Shape("Name," + _CALLS + '"', "Odo ", '",+447700900123,2024-05-13 09:05,75,In\n'),
    "an open quote": Shape(_CALLS + '"', "07700900123,13.5.24 9:05,1,In\n"),
    "quotes": Shape(_CALLS, '"'),
    "columns": Shape("Number,Date,Duration,Type", lambda n: f",c{n}", "\n1,2024-05-13,1,In\n"),
    "wide rows": Shape(_CALLS + "+447700900123,2024-05-13 09:05:07,75,In\n", ","),
    "no rows": Shape(_CALLS, "\n"),
    "preamble": Shape("", "Call log\n", _CALLS + "07700900123,13.5.24 9:05,1,In\n"),
    "digits": Shape(_CALLS + "+447700900123,2024-05-13 09:05:07,", "7", ",In\n"),
}
_CARD = "BEGIN:VCARD\nVERSION:3.0\n"
VCARD = {
    "empty cards": Shape("", "BEGIN:VCARD\nEND:VCARD\n"),
    "tiny cards": Shape("", f"{_CARD}FN:Odo\nTEL:07700900123\nEND:VCARD\n"),
    "tiniest cards": Shape("", lambda n: f"BEGIN:VCARD\nTEL:{n:07}\nEND:VCARD\n"),
    "cards": Shape(
        "", lambda n: f"{_CARD}FN:N{n}\nEMAIL:n{n}@fen.example\nTEL:+44770{n:07}\nEND:VCARD\n"
    ),
    "cards of a profile": Shape(
        "", lambda n: f"{_CARD}FN:N{n}\nURL:https://www.linkedin.com/in/n{n}\nEND:VCARD\n"
    ),
    "one person's numbers": Shape(f"{_CARD}FN:Odo\n", lambda n: f"TEL:+44770{n:07}\n"),
    "one person's mails": Shape(
        f"{_CARD}FN:Odo\n", lambda n: f"EMAIL:n{n}@fen.example\n", "END:VCARD\n"
    ),
    "one person's names": Shape(f"{_CARD}FN:Odo\n", lambda n: f"NICKNAME:N{n}\n", "END:VCARD\n"),
    "one list": Shape(f"{_CARD}FN:Odo\nCATEGORIES:", lambda n: f"c{n},", "\nEND:VCARD\n"),
    "one line": Shape(f"{_CARD}FN:", "Odo ", "\nTEL:07700900123\nEND:VCARD\n"),
    "one folded line": Shape(f"{_CARD}FN:Odo\n", " do\n", "TEL:07700900123\nEND:VCARD\n"),
    "quoted printable": Shape(
        "BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE:", "=C3=B6=\n", "\nEND:VCARD\n"
    ),
    "parameters": Shape(f"{_CARD}FN:Odo\nTEL", ";TYPE=CELL", ":07700900123\nEND:VCARD\n"),
    "escapes": Shape(f"{_CARD}FN:", "\\,", "\nEND:VCARD\n"),
    "semicolons": Shape(f"{_CARD}FN:Odo\nN:", ";", "\nEND:VCARD\n"),
    "nested": Shape("", "BEGIN:VCARD\n"),
    "picture": Shape(f"{_CARD}FN:Odo\nPHOTO;ENCODING=b:", "QUJD\n QUJD", "\nEND:VCARD\n"),
    "labels": Shape(
        f"{_CARD}FN:Odo\n", lambda n: f"item{n}.EMAIL:n{n}@x.example\nitem{n}.X-ABLabel:ink\n"
    ),
}
_GOOGLE = "First Name,Last Name,E-mail Address,Mobile Phone,Categories\n"
CONTACTS = {
    "tiny contacts": Shape(_GOOGLE, "O,,o@f.example,,\n"),
    "contacts": Shape(_GOOGLE, lambda n: f"N{n},Fenwick,n{n}@fen.example,+44770{n:07},Ink\n"),
    "one cell": Shape(_GOOGLE + "Odo,Fenwick,odo@fen.example,,", "ink ", "\n"),
    "one cell of many": Shape(
        _GOOGLE + 'Odo,Fenwick,"', lambda n: f"n{n}@fen.example ::: ", '",,\n'
    ),
    "one cell of labels": Shape(
        _GOOGLE + "Odo,Fenwick,odo@fen.example,,", lambda n: f"l{n} ::: ", "\n"
    ),
    "an open quote": Shape(_GOOGLE + '"', "O,,o@f.example,,\n"),
    "columns": Shape(_GOOGLE[:-1], lambda n: f",Notes {n}", "\nOdo,Fenwick,odo@fen.example\n"),
    "wide rows": Shape(_GOOGLE + "Odo,Fenwick,odo@fen.example,,", ",", "\n"),
    "empty rows": Shape(_GOOGLE, ",,,,\n"),
}
_START = 1_700_000_000
_CHAT = '{"name":"Ink","type":"%s","id":9,"messages":['


def _said(number: int, who: int, more: str = "") -> str:
    return (
        f'{{"id":{number},"type":"message","date_unixtime":"{_START + number}",'
        f'"from":"N{who}","from_id":"user{who}","text":""{more}}},'
    )


_TINY = '{{"id":{},"type":"message","date_unixtime":"1","from_id":"user{}","text":""}},'
_PAIR, _GROUP = _CHAT % "personal_chat", _CHAT % "private_group"
TELEGRAM = {
    "tiny messages": Shape(_PAIR, '{"id":1,"type":"message"},'),
    "messages of two": Shape(_PAIR, lambda n: _said(n, n % 2)),
    "messages of eight": Shape(_GROUP, lambda n: _said(n, n % 8)),
    "tiny messages of eight": Shape(_GROUP, lambda n: _TINY.format(n, n % 8)),
    "messages before the header": Shape(
        '{"messages":[',
        lambda n: _TINY.format(n, n % 8),
        '{}],"type":"private_group","id":9,"name":"Ink"}',
    ),
    "messages of everybody": Shape(_GROUP, lambda n: _said(n, n)),
    "empty messages": Shape(_PAIR, "{},"),
    "numbers for messages": Shape(_PAIR, "7,"),
    "one text": Shape(
        _PAIR + '{"id":1,"type":"message","from_id":"user2","date_unixtime":"1700000000","text":"',
        "ink and quill ",
        '"}]}',
    ),
    "one text of pieces": Shape(
        _PAIR + '{"id":1,"type":"message","from_id":"user2","date_unixtime":"1700000000","text":[',
        '{"type":"plain","text":"ink"},',
        '""]}]}',
    ),
    "one service of many": Shape(
        _GROUP + '{"id":1,"type":"service","action":"invite_members","actor_id":"user2",'
        '"date_unixtime":"1700000000","members":[',
        lambda n: f'"N{n}",',
        '""]}]}',
    ),
    "reactions": Shape(
        _GROUP,
        lambda n: _said(
            n,
            n % 3,
            ',"reactions":[{"type":"emoji","emoji":"x","count":3,"recent":['
            + ",".join(f'{{"from":"N{k}","from_id":"user{k}"}}' for k in range(20))
            + "]}]",
        ),
    ),
    "one message's reactions": Shape(
        _GROUP + _said(1, 2, ',"reactions":[{"type":"emoji","emoji":"x","recent":[')[:-2],
        lambda n: f'{{"from":"N{n}","from_id":"user{n}"}},',
        '{"from_id":"user1"}]}]}]}',
    ),
    "chats": Shape(
        '{"about":"Here is the data you requested.","chats":{"list":[',
        lambda n: (
            f'{{"name":"N{n}","type":"personal_chat","id":{n},"messages":[{_said(1, n)[:-1]}]}},'
        ),
    ),
    "contacts": Shape(
        '{"about":"Here is the data you requested.","contacts":{"list":[',
        lambda n: f'{{"user_id":{n},"first_name":"N{n}","phone_number":"+44770{n:07}"}},',
        '{"user_id":1}]},"chats":{"list":[]}}',
    ),
    "keys of one message": Shape(_PAIR + '{"id":1', lambda n: f',"k{n}":1', "}]}"),
    "nested lists": Shape(_PAIR, "["),
    "nested objects": Shape(_PAIR, '{"a":'),
    "nested text": Shape(_PAIR + '{"id":1,"type":"message","text":', "["),
    "digits": Shape(_PAIR + '{"id":', "7", "}]}"),
    "blanks": Shape(_PAIR, " ", "]}"),
    "escapes": Shape(_PAIR + '{"id":1,"text":"', "\\ud83d", '"}]}'),
}
_JOIN = "\n=====\n"
_USERS = '[{"id":"U1","real_name":"Zora"},{"id":"U2","real_name":"Odo"}]'
_EIGHT = '[{"id":"D1","members":["U0","U1","U2","U3","U4","U5","U6","U7"]}]'
_DAY = f'{_JOIN}[]{_JOIN}[{{"ts":"1.1","user":"U1"}}]'
_SLACK = f"{_USERS}{_JOIN}[]{_JOIN}{_EIGHT}{_JOIN}[]{_JOIN}["


def _spoken(number: int, who: int, more: str = "") -> str:
    stamp = f"{_START + number // 9}.{number % 999_999:06}"
    return f'{{"type":"message","ts":"{stamp}","user":"U{who}","text":""{more}}},'


SLACK = {
    "tiny messages": Shape(_SLACK, "{},", "{}]"),
    "messages of eight": Shape(_SLACK, lambda n: _spoken(n, n % 8), "{}]"),
    "messages of everybody": Shape(_SLACK, lambda n: _spoken(n, n), "{}]"),
    "messages of a channel": Shape(
        f"{_USERS}{_JOIN}[]{_JOIN}[]{_JOIN}[", lambda n: _spoken(n, n % 9), "{}]"
    ),
    "users": Shape(
        "[",
        lambda n: f'{{"id":"U{n}","profile":{{"email":"n{n}@fen.example"}}}},',
        f"{{}}]{_JOIN}[]{_DAY}",
    ),
    "nobodies for users": Shape("[", "7,", f"7]{_JOIN}[]{_DAY}"),
    "channels": Shape(
        f"{_USERS}{_JOIN}[",
        lambda n: f'{{"id":"C{n}","name":"c{n}","members":["U1"]}},',
        f"{{}}]{_DAY}",
    ),
    "one channel's members": Shape(
        f'{_USERS}{_JOIN}[{{"id":"C1","name":"ink","members":[',
        lambda n: f'"U{n}",',
        f'"U1"]}}]{_JOIN}[]{_JOIN}[{_spoken(1, 1)}{{}}]',
    ),
    "reactions": Shape(
        _SLACK,
        lambda n: _spoken(
            n,
            n % 8,
            ',"reactions":[{"name":"x","users":[' + ",".join(f'"U{k}"' for k in range(30)) + "]}]",
        ),
        "{}]",
    ),
    "one message's reactions": Shape(
        f'{_SLACK}{_spoken(1, 1)[:-2]},"reactions":[{{"name":"x","users":[',
        lambda n: f'"U{n}",',
        '"U1"]}]}]',
    ),
    "one text of mentions": Shape(f'{_SLACK}{_spoken(1, 1)[:-4]}"', lambda n: f"<@U{n}>", '"}]'),
    "texts of mentions": Shape(
        f"{_USERS}{_JOIN}[]{_JOIN}[]{_JOIN}[",
        lambda n: _spoken(n, 1)[:-4] + f'"{"".join(f"<@U{n + k}>" for k in range(19))}"}},',
        "{}]",
    ),
    "one text": Shape(_SLACK + _spoken(1, 1)[:-4] + '"', "ink and quill ", '"}]'),
    "nested": Shape(_SLACK, "["),
    "nested objects": Shape(_SLACK, '{"a":'),
    "keys of one message": Shape(f'{_SLACK}{{"type":"message"', lambda n: f',"k{n}":1', "}]"),
    "digits": Shape(f'{_SLACK}{{"ts":', "7", "}]"),
}
