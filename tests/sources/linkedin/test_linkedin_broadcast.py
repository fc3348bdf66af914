"""What the owner said to nobody in particular: posts, reposts, comments, reactions, votes."""

import pandas as pd
import pytest

LINK = "https://www.linkedin.com/feed/update/urn%3Ali%3A{}%3A{}"
POST = LINK.format("activity", 6801111111111111111)
SHARE = LINK.format("share", 6802222222222222222)
SHARES_2021 = (
    "Date,ShareLink,ShareCommentary,SharedURL,MediaURL,Visibility\r\n"
    f"2024-03-04 10:11:12,{POST},xyzzyplugh,,,MEMBER_NETWORK\r\n"
)


@pytest.fixture
def activity(load, profile, owner, listing):
    """Read one file of the owner's activity; every row must have no recipient."""

    def read(name, data):
        tables = load({name: data, "Profile.csv": profile})
        rows = tables.events
        assert rows["recipient"].isna().all()
        assert set(rows["sender"]) <= {owner(tables)}
        assert set(rows["channel"]) <= {"linkedin"}
        return rows, listing(tables, name)

    return read


@pytest.mark.parametrize(
    ("name", "kind", "data"),
    [
        ("Reactions.csv", "reaction", f"Date,Type,Link\r\n2024-03-04 10:11:12,LIKE,{POST}\r\n"),
        ("Reactions_577732310.csv", "reaction",
         f"Date,Type,Link\n2024-03-04 10:11:12,EMPATHY,{POST}\n"),
        ("Votes.csv", "reaction", f"Date,Link,OptionText\n2024-03-04 10:11:12,{POST},Ferns\n"),
        ("InstantReposts.csv", "reshare", f"Date,Link\n2024-03-04 10:11:12,{POST}\n"),
        ("InstantReposts_577732310.csv", "reshare", f"Date,Link\n2024-03-04 10:11:12,{POST}\n"),
        ("Comments.csv", "comment", f"Date,Link,Message\n2024-03-04 10:11:12,{POST},Nice\n"),
        ("Shares.csv", "post", SHARES_2021),
        ("Shares_577732310.csv", "post", SHARES_2021.replace("URL", "Url")),
    ],
)  # fmt: skip
def test_one_row_an_act_without_recipient(name, kind, data, activity):
    rows, source = activity(name, data.encode())
    assert rows["kind"].tolist() == [kind]
    assert rows["at"].tolist() == [pd.Timestamp("2024-03-04 10:11:12", tz="UTC")]
    assert "6801111111111111111" in rows["object"].iloc[0]
    assert (source["read"], source["kept"]) == (1, 1)


def test_shares_of_2018_in_utf16(activity, utf16):
    head = ["Date", "Share Title", "Share Description", "Share Link", "Share Commentary",
            "Shared URL", "Media URL", "Type", "Visibility"]  # fmt: skip
    row = ["2018/03/04 10:11:12 UTC", "Ferns", "", SHARE, "xyzzyplugh", "", "", "LINK", "PUBLIC"]
    rows, source = activity("Shares.csv", utf16([head, row]))
    assert rows["kind"].tolist() == ["post"]
    assert rows["at"].tolist() == [pd.Timestamp("2018-03-04 10:11:12", tz="UTC")]
    assert source["kept"] == 1


def test_doubled_quotes_around_line_breaks_of_shares(activity):
    data = (
        b"Date,ShareLink,ShareCommentary,SharedURL,MediaURL,Visibility\r\n"
        b'2021-03-04 10:11:12,%s,"Line one""\n""Line two",,,PUBLIC\r\n'
        b"2021-03-03 10:11:12,%s,Plain,,,PUBLIC\r\n"
    ) % (POST.encode(), SHARE.encode())
    rows, source = activity("Shares.csv", data)
    assert source["read"] == 2
    assert sorted(rows["length"]) == [len("Plain"), len("Line one\nLine two")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_comments_with_unquoted_line_breaks(end, activity):
    data = end.join([
        "Date,Link,Message",
        f"2021-06-03 08:00:00,{POST},First line xyzzyplugh",
        "2021-06-01 was a fine day",
        "",
        "last line",
        f'2021-06-02 08:00:00,{POST},"Quoted, and ""so"" on',
        'over two lines"',
        f"2021-06-01 08:00:00,{SHARE},Short",
        "",
    ])  # fmt: skip
    rows, source = activity("Comments.csv", data.encode())
    assert sorted(rows["day"].tolist()) == [18779, 18780, 18781]
    assert (source["read"], source["kept"], source["rejected"]) == (3, 3, 0)
    assert rows.sort_values("at")["length"].iloc[0] == len("Short")
    assert rows.sort_values("at")["length"].iloc[2] > len("First line xyzzyplugh")


def test_comments_with_backslash_quotes(activity):
    data = (
        "Date,Link,Message\n"
        f'2026-02-03 08:00:00,{POST},"She said \\"moss\\", then \\"fern\\""\n'
        f'2026-02-02 08:00:00,{POST},"Plain, with\na line break"\n'
        f"2026-02-01 08:00:00,{SHARE},Short\n"
    )
    rows, source = activity("Comments.csv", data.encode())
    assert (source["read"], source["kept"]) == (3, 3)
    lengths = rows.sort_values("at")["length"].tolist()
    assert lengths[0] == len("Short")
    assert lengths[2] == len('She said "moss", then "fern"')


def test_comments_without_date_are_counted(activity):
    data = f"Date,Link,Message\n2026-02-03 08:00:00,{POST},One\n,{SHARE},Two\n"
    rows, source = activity("Comments.csv", data.encode())
    assert source["read"] == 2
    assert rows["at"].notna().sum() == 1


@pytest.mark.parametrize("place", ["Articles", "Articles/Articles"])
def test_articles_are_the_owners_posts_or_said_to_be_unused(place, load, profile, owner):
    page = (
        "<html><head><title>On moss</title></head><body><h1>On moss</h1>"
        '<p class="created">Created on 2020-06-17 09:26</p>'
        '<p class="published">Published on 2020-06-17 10:22</p><div>xyzzyplugh</div></body></html>'
    )
    tables = load({f"{place}/2020-06-17-on-moss.html": page.encode(), "Profile.csv": profile})
    source = tables.sources[tables.sources["name"].str.endswith(".html")]
    assert len(source) == 1
    if source["unused"].isna().all():
        assert tables.events["kind"].tolist() == ["post"]
        assert tables.events["day"].tolist() == [18430]
        assert tables.events["sender"].tolist() == [owner(tables)]
