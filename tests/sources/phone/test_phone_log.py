"""Call logs as delimited text: of apps, of carriers, as a spreadsheet left them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from netquality.errors import Ambiguous
from netquality.sources.interactions.roles import is_header
from netquality.sources.phone.columns import columns_of

APP = "Name,Number,Date,Duration,Type\n"
IN, OUT = ("447700900123", "me"), ("me", "447700900123")
EXPECTED = pd.Timestamp("2024-05-13 09:05:07Z")


def _one(tables: Any) -> pd.Series:
    assert len(tables.events) == 1, tables.rejects
    return tables.events.iloc[0]


VARIANTS = {
    "app": APP + "Zora Quillfeather,+447700900123,2024-05-13 09:05:07,75,Incoming\n",
    "semicolons": "Name;Number;Date;Duration;Type\n;+447700900123;13.05.2024 09:05:07;75;IN\n",
    "tabs": "Phone number\tDate\tTime\tCall type\tDuration\n"
    "+447700900123\t13/05/2024\t09:05:07\tINCOMING\t00:01:15\n",
    "german": "Name;Nummer;Datum;Uhrzeit;Dauer;Typ\n"
    "Zora Quillfeather;+447700900123;13.05.2024;09:05:07;1:15;Eingehender Anruf\n",
    "german words": "Rufnummer;Datum und Uhrzeit;Gesprächsdauer (Sek.);Anrufart\n"
    "+447700900123;13. Mai 2024, 09:05:07 Uhr;75;Angenommen\n",
    "french": "Nom;Numéro;Date;Heure;Durée;Type d'appel\n"
    "Zora;+447700900123;13 mai 2024;09:05:07;1 min 15 s;Appel entrant\n",
    "french reçu": "Numéro de téléphone;Date et heure;Durée (secondes);Sens\n"
    "+447700900123;lun. 13 mai 2024 à 09:05:07;75;Reçu\n",
    "spanish": "Nombre;Número;Fecha;Hora;Duración;Tipo\n"
    "Zora;+447700900123;13 de mayo de 2024;9:05:07;1m 15s;Llamada entrante\n",
    "spanish recibida": "Teléfono;Fecha y hora;Duración;Tipo de llamada\n"
    "+447700900123;13/05/2024 9:05:07 a. m.;75 seg;Recibida\n",
    "epoch milliseconds": "number,date,duration,type\n+447700900123,1715591107000,75,1\n",
    "epoch seconds": "Number,Timestamp,Seconds,Type\n+447700900123,1715591107,75,1\n",
    "american": 'Number,Date,Duration,Type\n+447700900123,"May 13, 2024 9:05:07 AM",75,Received\n',
    "american numbers": "Number,Date,Time,Duration,Type\n"
    "+447700900123,5/13/2024,9:05:07 AM,1:15,Received\n",
    "year first": "Number,Date,Time,Duration,Type\n+447700900123,2024/05/13,09:05:07,75,In\n",
    "offset": "Number,Date,Duration,Type\n+447700900123,2024-05-13T11:05:07+02:00,75,In\n",
    "two words": "Number,Date,Duration,Direction,Status\n"
    "+447700900123,2024-05-13 09:05:07,75,Inbound,Answered\n",
    "formula cells": APP + 'Zora,"=""+447700900123""",2024-05-13 09:05:07,75,Incoming\n',
    "apostrophes": APP + "Zora,'+447700900123,2024-05-13 09:05:07,75,Incoming\n",
    "preamble": "Call log of 2024-06-01\n\n"
    + APP
    + "Zora,+447700900123,2024-05-13 09:05:07,75,1\n",
    "quoted": '"Number","Date","Duration","Type"\n'
    '"+447700900123","2024-05-13 09:05:07","0:01:15","Incoming"\n',
    "own number": "Own number,Number,Date,Duration,Direction\n"
    "+447700900100,+447700900123,2024-05-13 09:05:07,75,Incoming\n",
    "further columns": "Number,Number type,Date,Duration,Type,SIM,Notes\n"
    "+447700900123,Mobile,2024-05-13 09:05:07,75,Incoming,1,xyzzyplugh\n",
}


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_layout_says_the_same(kit: Any, name: str, encoding: str) -> None:
    tables = kit.calls(VARIANTS[name].encode(encoding))
    event = _one(tables)
    assert kit.People(tables).pairs() == [IN]
    assert event["at"] == EXPECTED
    assert event["seconds"] == 75
    assert event[["kind", "channel", "role"]].tolist() == ["call", "call", "to"]
    assert event["precision"] == "second"
    assert pd.isna(event["answer"])
    given = name.startswith(("epoch", "offset"))
    assert tables.sources["zone"].tolist() == ["UTC (given)" if given else "UTC (assumed)"]
    assert tables.sources["format"].tolist() == ["phone/calllog"]
    assert (tables.accounts["name"] == "Zora Quillfeather").any() == ("Quill" in VARIANTS[name])


WORDS = {
    "Incoming": (IN, False),
    "Outgoing": (OUT, False),
    "Missed": (IN, True),
    "Rejected": (IN, True),
    "Declined": (IN, True),
    "Blocked": (IN, True),
    "Voicemail": (IN, True),
    "Answered externally": (IN, False),
    "Dialed": (OUT, False),
    "No answer": (IN, True),
    "Outgoing (no answer)": (OUT, True),
    "Missed outgoing": (OUT, True),
    "Outgoing answered": (OUT, False),
    "In": (IN, False),
    "out": (OUT, False),
    "Eingehend": (IN, False),
    "Ausgehend": (OUT, False),
    "Verpasst": (IN, True),
    "Verpasster Anruf": (IN, True),
    "Abgelehnt": (IN, True),
    "Nicht angenommen": (IN, True),
    "Blockiert": (IN, True),
    "Gewählt": (OUT, False),
    "Entrant": (IN, False),
    "Sortant": (OUT, False),
    "Appel émis": (OUT, False),
    "Manqué": (IN, True),
    "Refusé": (IN, True),
    "Rejeté": (IN, True),
    "Saliente": (OUT, False),
    "Realizada": (OUT, False),
    "Perdida": (IN, True),
    "Rechazada": (IN, True),
    "1": (IN, False),
    "2": (OUT, False),
    "3": (IN, True),
    "5": (IN, True),
    "6": (IN, True),
}


@pytest.mark.parametrize("word", WORDS)
def test_words_of_four_languages(kit: Any, word: str) -> None:
    pair, missed = WORDS[word]
    tables = kit.calls(f"{APP}Zora,+447700900123,2024-05-13 09:05:07,75,{word}\n")
    event = _one(tables)
    assert kit.People(tables).pairs() == [pair]
    assert (event["answer"] == "missed") == missed
    assert pd.isna(event["seconds"]) == missed


LENGTHS = {
    "75": 75,
    "75.0": 75,
    "1:15": 75,
    "01:15": 75,
    "0:01:15": 75,
    "1:00:05": 3605,
    "5 min": 300,
    "1m 20s": 80,
    "1m20s": 80,
    "1h 2m 3s": 3723,
    "1 hr 3 mins": 3780,
    "20 secs": 20,
    "1 Std. 2 Min. 3 Sek.": 3723,
    "1 h 2 min 3 seg": 3723,
    '"2 minutes, 5 seconds"': 125,
    "1'15\"": 75,
    '"1,5 min"': 90,
    "": None,
    "soon": None,
    "5 ink": None,
    "-": None,
    "-5": None,
}


@pytest.mark.parametrize("cell", LENGTHS)
def test_lengths(kit: Any, cell: str) -> None:
    text = f"Number,Date,Duration,Type\n+447700900123,2024-05-13 09:05:07,{cell},Outgoing\n"
    tables = kit.calls(text)
    event = _one(tables)
    expected = LENGTHS[cell]
    assert (None if pd.isna(event["seconds"]) else event["seconds"]) == expected
    assert pd.isna(event["answer"])
    unread = "lengths that could not be read: 1" in tables.sources["rules"].iloc[0]
    assert unread == (expected is None and cell != "")


def test_hours_and_minutes_where_the_header_says_so(kit: Any) -> None:
    for header, seconds in {"Duration (hh:mm)": 4500, "Duration (mm:ss)": 75, "Dauer": 75}.items():
        text = f"Number,Date,{header},Type\n+447700900123,2024-05-13 09:05:07,1:15,Outgoing\n"
        assert _one(kit.calls(text))["seconds"] == seconds


STAMPS = {
    "2024-05-13 12:30:05 AM": "00:30:05",
    "2024-05-13 12:30:05 PM": "12:30:05",
    "2024-05-13 1:30:05 p.m.": "13:30:05",
    "13.05.2024 14:05:06": "14:05:06",
    "martes 13 de mayo de 2024 14:05:06": "14:05:06",
    "mar. 13 mai 2024 à 14h05": "14:05:00",
    "Mo, 13. Mai 2024 um 14:05 Uhr": "14:05:00",
    "Mon May 13 2024 14:05:06": "14:05:06",
    "13-May-24 14:05": "14:05:00",
    "2024.05.13 14:05": "14:05:00",
    "2024-05-13T14:05:06.789Z": "14:05:06",
    "13.05.24 14:05": "14:05:00",
    "lundi 13 août 2024 14:05": None,
    "2024-02-30 14:05": None,
    "31 juin 2024 14:05": None,
}


@pytest.mark.parametrize("cell", STAMPS)
def test_stamps(kit: Any, cell: str) -> None:
    tables = kit.calls(f'Number,Date,Duration,Type\n+447700900123,"{cell}",75,In\n')
    expected = STAMPS[cell]
    if "août" in cell:
        assert _one(tables)["day"] == 19948
    elif expected is None:
        assert tables.rejects["reason"].tolist() == ["not a date"]
    else:
        assert _one(tables)["at"].floor("s") == pd.Timestamp(f"2024-05-13 {expected}Z")


@pytest.mark.parametrize("cell", ["0", "0:00", "00:00:00", "0 sec", "0s"])
@pytest.mark.parametrize("word", ["Outgoing", "Incoming"])
def test_calls_of_no_length_are_attempts(kit: Any, cell: str, word: str) -> None:
    event = _one(kit.calls(f"{APP}Zora,+447700900123,2024-05-13 09:05:07,{cell},{word}\n"))
    assert event["answer"] == "missed"
    assert pd.isna(event["seconds"])


@pytest.mark.parametrize(
    "header", ["Minutes", "Dauer (Min.)", "Durée en minutes", "Duración (min)"]
)
def test_a_bill_counts_minutes(kit: Any, header: str) -> None:
    text = f"Called number,Date,Time,{header}\n+447700900123,2024-05-13,09:05,3\n"
    tables = kit.calls(text)
    event = _one(tables)
    assert event["seconds"] == 180
    assert event["precision"] == "minute"
    assert kit.People(tables).pairs() == [OUT]
    rules = tables.sources["rules"].iloc[0]
    assert "counted in minutes" in rules
    assert "taken as calls from" not in rules


def test_a_bill_that_says_no_direction(kit: Any) -> None:
    text = "Date,Time,Number,Type,Minutes\n13/05/2024,09:05,+447700900123,National,3\n"
    tables = kit.calls(text)
    assert kit.People(tables).pairs() == [OUT]
    assert "no column says who called whom" in tables.sources["rules"].iloc[0]


def test_a_bill_of_days_keeps_the_day(kit: Any) -> None:
    text = "Number,Date,Duration\n+447700900123,13.05.2024,75\n+447700900123,13.05.2024,75\n"
    tables = kit.calls(text)
    assert tables.events["precision"].tolist() == ["day"] * 2  # two calls, not one twice
    assert tables.events["at"].isna().all()
    assert tables.events["day"].tolist() == [19856] * 2
    assert tables.events["event"].is_unique


def test_repeats_to_the_second_are_merged(kit: Any) -> None:
    row = "Zora,+447700900123,2024-05-13 09:05:07,75,Incoming\n"
    tables = kit.calls(APP + row + row + row.replace("75", "76"))
    assert tables.sources[["read", "kept", "merged"]].iloc[0].tolist() == [3, 2, 1]


@pytest.mark.parametrize("number", ["", "-1", "Private", "Unknown", "unterdrückt", "Numéro masqué"])
def test_withheld_numbers(kit: Any, number: str) -> None:
    tables = kit.calls(f"{APP}Zora,{number},2024-05-13 09:05:07,75,Incoming\n")
    assert tables.rejects["reason"].tolist() == ["number withheld"]


@pytest.mark.parametrize(
    "number", ["4.47E+11", "4.4770090012E+11", '"4,4770090012E+11"', "4.47e11"]
)
def test_numbers_that_a_spreadsheet_damaged(kit: Any, number: str) -> None:
    tables = kit.calls(f"{APP}Zora,{number},2024-05-13 09:05:07,75,Incoming\n")
    assert tables.rejects["reason"].tolist() == ["number damaged by a spreadsheet"]


def test_numbers_that_lost_their_front_are_said(kit: Any) -> None:
    rows = ["447700900123,2024-05-13 09:05:07,75,1", "07700900145,2024-05-13 09:06:07,75,1"]
    tables = kit.calls("Number,Date,Duration,Type\n" + "\n".join(rows) + "\n")
    assert "neither + nor 0 in front, perhaps lost: 1" in tables.sources["rules"].iloc[0]


def test_rows_that_cannot_be_used(kit: Any) -> None:
    rows = [
        "Zora,+447700900123,2024-05-13 09:05:07,75,Incoming",
        "Zora,+447700900123,2024-05-13 09:05:07,75,zigzag",
        "Zora,+447700900123,2024-05-13 09:05:07,75,",
        "Zora,+447700900123,soon,75,Incoming",
        "Zora,+447700900123,,75,Incoming",
        "Zora,+447700900123,1970-01-01 00:00:00,75,Incoming",
        "Zora,+447700900123,2024-05-13 09:05:07,1,SMS",
        "Zora,+447700900123",
        "Zora,***,2024-05-13 09:05:07,75,Incoming",
        "Zora,+447700900100,2024-05-13 09:05:07,75,Incoming",
    ]
    tables = kit.calls(APP + "\n".join(rows) + "\n", ego=kit.ME)
    assert tables.rejects[["row", "reason"]].to_numpy().tolist() == [
        [2, "a type of call that is not known"],
        [3, "no type of call"],
        [4, "not a date"],
        [5, "no date"],
        [6, "date before 1990 or after 2100"],
        [7, "not a call"],
        [8, "too few cells"],
        [9, "not a number"],
        [10, "a call to oneself"],
    ]
    assert tables.rejects["shape"].str.contains("4477").sum() == 0


def test_the_order_of_days_is_decided_by_the_file_or_the_user(kit: Any) -> None:
    rows = "Number,Date,Duration,Type\n+447700900123,{} 09:05,75,In\n+447700900123,{} 09:05,75,In\n"
    clear = kit.calls(rows.format("02.05.2024", "13.05.2024"))
    assert "day before month, decided by the file" in clear.sources["rules"].iloc[0]
    assert clear.events["day"].tolist() == [19845, 19856]
    american = kit.calls(rows.format("05/02/2024", "05/13/2024"))
    assert "month before day, decided by the file" in american.sources["rules"].iloc[0]
    assert american.events["day"].tolist() == [19845, 19856]
    with pytest.raises(Ambiguous, match="could be day-month or month-day"):
        kit.calls(rows.format("02.05.2024", "03.05.2024"))
    said = kit.calls(rows.format("02.05.2024", "03.05.2024"), date_format="mdy")
    assert "month before day (given)" in said.sources["rules"].iloc[0]
    assert said.events["day"].tolist() == [19758, 19787]
    own = kit.calls(rows.format("2024+05+02", "2024+05+13"), date_format="%Y+%m+%d %H:%M")
    assert own.events["day"].tolist() == [19845, 19856]


def test_the_users_clock(kit: Any) -> None:
    tables = kit.calls(VARIANTS["app"], timezone="Europe/Berlin")
    assert _one(tables)["at"] == EXPECTED - pd.Timedelta(hours=2)
    assert tables.sources["zone"].tolist() == ["Europe/Berlin (given)"]


def test_the_lines_of_a_family(kit: Any) -> None:
    text = "Line,Called number,Date,Duration\n" + "".join(
        f"{line},+4477009001{n},2024-05-13 09:05:07,75\n"
        for n, line in [(23, kit.ME), (45, "+447700900199"), (67, kit.ME)]
    )
    mine = kit.calls(text, ego=kit.ME)
    assert mine.rejects["reason"].tolist() == ["a call of another line on the bill"]
    assert "several lines" not in str(mine.sources["rules"].iloc[0])
    every = kit.calls(text)
    assert len(every.events) == 3
    assert set(every.events["sender"]) == {every.sources["owner"].iloc[0]}
    assert "several lines are on the bill" in every.sources["rules"].iloc[0]


def test_the_owner_of_a_bill_is_known_by_its_number(kit: Any) -> None:
    tables = kit.calls(VARIANTS["own number"])
    owner = tables.sources["owner"].iloc[0]
    values = tables.accounts[tables.accounts["account"] == owner]["value"]
    assert kit.ME in set(values)


@pytest.mark.parametrize(
    "header",
    [
        ["timestamp", "caller", "callee", "duration"],
        ["from", "to", "number", "date", "duration"],
        ["sender", "recipient", "phone", "date", "type"],
        ["source", "target", "number", "date", "duration"],
        ["who", "dest", "number", "when", "date", "duration"],
        ["user a", "user b", "number", "date", "type"],
    ],
)
def test_logs_of_who_called_whom_are_left_to_their_own_reader(header: list[str]) -> None:
    assert is_header(header)
    assert columns_of(header) is None


def test_no_layout_is_one_of_who_called_whom() -> None:
    for text in VARIANTS.values():
        for line in text.split("\n"):
            for mark in ",;\t":
                cells = [cell.strip('"').casefold() for cell in line.split(mark)]
                assert not is_header(cells), line
