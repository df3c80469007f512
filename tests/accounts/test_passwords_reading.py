"""Exports of every manager read alike, told by their content, and anything else refused in plain words."""

import contextlib
import json
import zlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from password_exports import (
    SHAPES,
    Entry,
    apple_csv,
    bitwarden_json,
    chrome_csv,
    keepass_xml,
    onepassword_1pux,
    table,
    zipped,
)

from forethought.accounts.passwords import content as limits
from forethought.accounts.passwords.errors import (
    DamagedExportError,
    LargeExportError,
    LockedExportError,
    UnknownExportError,
)
from forethought.accounts.passwords.login import Export, Login, forget
from forethought.accounts.passwords.reading import read, read_content
from forethought.accounts.passwords.sites import is_plain, site_name
from forethought.errors import ForethoughtError

ODD = (
    Entry("Comma, quote \" and 'more'", password="a,b\"c'd;e"),
    Entry("Lines", notes='one\ntwo\r\nthree, "four"', password="two words, a\ttab"),
    Entry("Ελληνικά", "https://пример.рф/вход", "юля@пример.рф", "пароль-密碼-🗝️-كلمة"),
    Entry("Long", password="x1!" * 60),
    Entry("Without an address", url="", user=""),
    Entry("Markup <b>&amp;</b>", password="<Value>&lt;]]>"),
    Entry("=SUM(A1)", password="=1+1"),
)


def reading(content: bytes) -> Export:
    """Return what an export of these bytes holds."""
    return read_content(bytearray(content), "made.bin")


def refusal(content: bytes) -> str:
    """Return what a person is told of an export that is refused, or nothing."""
    try:
        reading(content)
    except ForethoughtError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("shape", SHAPES)
class TestEveryShape:
    def test_it_is_told_and_what_is_no_login_is_counted(self, shape: str) -> None:
        """Each manager's export is known by its content, and what is no live login is left out with a count."""
        made, manager, skipped, _ = SHAPES[shape]
        found = reading(made([Entry()]))
        assert (manager, skipped, 0, 1) == (found.manager, dict(found.skipped), found.unread, len(found.logins))

    def test_odd_entries_come_back_as_they_were(self, shape: str) -> None:
        """Commas, quotes, line breaks, other alphabets, markup and long passwords survive to the letter."""
        made, _, _, keeps = SHAPES[shape]
        found = reading(made(ODD)).logins
        assert [(e.user, e.password) for e in ODD] == [(each.user, each.password) for each in found]
        if "title" in keeps:
            assert [e.title for e in ODD] == [each.title for each in found]

    def test_dates_codes_and_sites(self, shape: str) -> None:
        """The site's name, a two-step code, the day of the last change and an http address are kept where they are."""
        made, _, _, keeps = SHAPES[shape]
        first, second = reading(
            made([Entry(totp="otpauth://totp/x?secret=A"), Entry(url="http://m.example.co.uk")])
        ).logins
        assert ("example.org", "example.co.uk", False, True) == (first.site, second.site, first.plain, second.plain)
        assert ("totp" in keeps, False) == (first.totp, second.totp)
        assert (date(2024, 5, 6) if "day" in keeps else None) == first.changed

    def test_an_entry_without_a_password_is_counted(self, shape: str) -> None:
        """An entry with an empty password is no login to weigh, and is counted."""
        found = reading(SHAPES[shape][0]([Entry(password=""), Entry()]))
        assert found.skipped["without a password"] >= 1
        assert [Entry().password] == [each.password for each in found.logins]

    def test_cut_anywhere_it_is_read_or_refused_in_words(self, shape: str) -> None:
        """An export that ends too early never crashes, and no message quotes its password."""
        whole = SHAPES[shape][0](ODD)
        for end in range(0, len(whole), max(1, len(whole) // 60)):
            told = refusal(whole[:end])
            assert not any(e.password in told for e in ODD)
            assert "unforeseen" not in told


class TestTables:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("ends", ["\n", "\r\n"])
    def test_marks_and_line_ends(self, encoding: str, ends: str) -> None:
        """A mark of the byte order and either line end change nothing."""
        text = chrome_csv(ODD[:1] + ODD[2:]).decode().replace("\r\n", ends)
        assert [e.password for e in ODD[:1] + ODD[2:]] == [
            each.password for each in reading(text.encode(encoding)).logins
        ]

    @pytest.mark.parametrize("parting", [";", "\t"])
    def test_saved_anew_by_a_spreadsheet(self, parting: str) -> None:
        """A table whose columns are parted by semicolons or tabs is read as well."""
        content = (
            parting.join(("name", "url", "username", "password")) + "\nA" + parting + parting + "jo" + parting + "p,q\n"
        )
        assert ["p,q"] == [each.password for each in reading(content.encode()).logins]

    def test_a_row_of_another_width_is_counted_not_guessed(self) -> None:
        """A row with too few or too many fields is not read as if it were whole."""
        found = reading(chrome_csv([Entry()]) + b"only,two\r\none,two,three,four,five,six\r\n")
        assert (1, 2) == (len(found.logins), found.unread)

    def test_edge_and_older_chrome_without_notes(self) -> None:
        """A table without the column of notes is Chrome's too."""
        found = reading(table("name,url,username,password", [["A", "https://a.example", "jo", "pw"]]).encode())
        assert ("Chrome, Edge or Brave", 1) == (found.manager, len(found.logins))

    def test_keepass_two_as_a_table(self) -> None:
        """KeePass's own table, which is not KeePassXC's, is read."""
        content = table("Account,Login Name,Password,Web Site,Comments", [["A", "jo", "pw", "https://a.example", ""]])
        assert "KeePass" == reading(content.encode()).manager

    def test_several_addresses(self) -> None:
        """Of several addresses in Bitwarden's table, one with a comma in it among them, each counts."""
        row = ["login", "A", "https://a.example/x,y,http://b.example", "jo", "pw"]
        [login] = reading(table("type,name,login_uri,login_username,login_password", [row]).encode()).logins
        assert ("a.example", True) == (login.site, login.plain)

    def test_a_code_kept_among_the_notes(self) -> None:
        """The secret of a code that stands in the notes is seen, without being the manager's own."""
        [login] = reading(apple_csv([Entry(notes="see otpauth://totp/x?secret=A")])).logins
        assert (False, True) == (login.totp, login.notes_has_code)


class TestKeePass:
    def test_times_in_either_writing(self) -> None:
        """The day of the last change is the same from ISO times and from seconds in base64."""
        days = {reading(keepass_xml([Entry()], binary_times=binary)).logins[0].changed for binary in (True, False)}
        assert {date(2024, 5, 6)} == days

    def test_in_utf_16(self) -> None:
        """A file that was saved anew in UTF-16, and says so, is read."""
        text = keepass_xml(ODD[2:3]).decode().replace('encoding="utf-8"', 'encoding="utf-16"')
        assert ODD[2].password == reading(text.encode("utf-16")).logins[0].password

    def test_still_encrypted_values(self) -> None:
        """Values that are encrypted are not taken for passwords."""
        with pytest.raises(LockedExportError):
            reading(keepass_xml([Entry()]).replace(b"ProtectInMemory=", b"Protected="))

    @pytest.mark.parametrize(
        "doctype",
        [
            '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
        ],
    )
    def test_entities_are_refused(self, doctype: str) -> None:
        """A file with entities or a document type of its own is refused before anything is expanded or fetched."""
        made = keepass_xml([Entry()]).decode().replace('standalone="yes"?>', f'standalone="yes"?>{doctype}')
        with pytest.raises(DamagedExportError, match="entities"):
            reading(made.encode())

    def test_groups_nested_a_hundred_thousand_deep(self) -> None:
        """Groups inside groups without end do not exhaust the program."""
        deep = 100_000
        held = keepass_xml([Entry()]).decode().partition("<Root>")
        with_groups = held[0] + "<Root>" + "<Group>" * deep + "</Group>" * deep + held[2].replace("<Root>", "", 1)
        assert 1 == len(reading(with_groups.encode()).logins)


class TestRefused:
    @pytest.mark.parametrize(
        "locked",
        [
            {"encrypted": True, "passwordProtected": True, "salt": "x", "data": "2.abc"},
            {"encrypted": True, "encKeyValidation_DO_NOT_EDIT": "2.x", "folders": [], "items": []},
        ],
    )
    def test_encrypted_bitwarden(self, locked: dict[str, object]) -> None:
        """Both kinds of encrypted export are refused, with how to get another."""
        with pytest.raises(LockedExportError, match="without encryption"):
            reading(json.dumps(locked).encode())

    @pytest.mark.parametrize(
        "content",
        [b"", b"Dear diary", b"a,b,c\n1,2,3\n", b"{}", b'{"items": []}', b"<html></html>", zipped({"a.txt": b"x"})],
        ids=["empty", "a text", "another table", "no parts", "other JSON", "a web page", "another zip"],
    )
    def test_something_else(self, content: bytes) -> None:
        """A file that is no export is named, with what is read."""
        with pytest.raises(UnknownExportError, match=r"made\.bin is not an export that is known.*Bitwarden"):
            reading(content)

    @pytest.mark.parametrize(
        "content",
        [
            chrome_csv([Entry(password="café")]).decode().encode("latin-1"),
            b"\xff\xfe" + b"a",
            chrome_csv([Entry()]) + b"\0",
            b"{" + b'"a":[' * 200_000,
            b'{"encrypted": false, "items": [',
            chrome_csv([Entry()]) + b'"never closed',
            chrome_csv([Entry(notes="n" * 200_000)]),
            b"PK\x03\x04 not a zip",
            onepassword_1pux([Entry()])[:-40],
            b"<KeePassFile><Root>",
        ],
        ids=[
            "latin-1",
            "half a sign",
            "NUL",
            "deep",
            "cut JSON",
            "open quote",
            "long field",
            "no zip",
            "cut",
            "cut XML",
        ],
    )
    def test_damaged(self, content: bytes) -> None:
        """A damaged file is refused in words that say how to mend it."""
        with pytest.raises(DamagedExportError, match=r"cannot be read: .*Export it again"):
            reading(content)

    def test_a_zip_bomb(self) -> None:
        """A zip that unpacks to more than an export holds is left at the limit, whatever its header says."""
        with pytest.raises(LargeExportError, match="unpacked"):
            reading(zipped({"export.data": bytes((64 << 20) + 10)}))

    def test_a_locked_zip(self) -> None:
        """A zip with a password is refused as locked."""
        made = bytearray(onepassword_1pux([Entry()]))
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = -1
            while (at := made.find(mark, at + 1)) >= 0:
                made[at + place] |= 1
        with pytest.raises(LockedExportError):
            reading(bytes(made))

    def test_wrong_bytes_inside_a_zip(self) -> None:
        """A zip whose content does not fit its checksum is refused."""
        made = bytearray(zipped({"export.data": zlib.compress(b"x" * 3_000)}))
        made[60] ^= 0xFF
        with pytest.raises(DamagedExportError):
            reading(bytes(made))

    def test_more_entries_than_are_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """More entries than anybody has are refused, in every kind of file."""
        monkeypatch.setattr(limits, "MOST_ENTRIES", 3)
        for made in (chrome_csv, bitwarden_json, keepass_xml, onepassword_1pux):
            with pytest.raises(LargeExportError, match="3 entries"):
                reading(made([Entry()] * 5))

    def test_a_file_that_is_too_large(self, tmp_path: Path) -> None:
        """A file of more than 64 MB is left after the first of them."""
        path = tmp_path / "huge.csv"
        with path.open("wb") as file:
            file.truncate(1 << 40)
        with pytest.raises(LargeExportError, match="64 MB"):
            read(path)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        """A missing file is told by its name."""
        with pytest.raises(DamagedExportError, match="not there"):
            read(tmp_path / "none.csv")

    @given(st.binary(max_size=400) | st.text(max_size=300).map(str.encode))
    def test_anything_at_all(self, content: bytes) -> None:
        """Bytes of any kind are read or refused in words that somebody foresaw."""
        with contextlib.suppress(UnknownExportError, LockedExportError, DamagedExportError, LargeExportError):
            reading(content)

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from("login uris uri password type deletedDate fields totp".split()), inner
                )
            ),
            max_leaves=12,
        )
    )
    def test_json_of_any_shape(self, item: object) -> None:
        """Values of other types than they should be are left out, not tripped over."""
        for parts in (
            {"encrypted": False, "items": [item, {"type": 1, "login": item}]},
            {"encrypted": False, "items": item},
        ):
            assert all(each.password for each in reading(json.dumps(parts).encode()).logins)
        details = {"state": "active", "categoryUuid": "001", "details": item, "overview": item}
        data = {"accounts": [{"vaults": [{"items": [details, item]}, item]}, item]}
        assert () == reading(zipped({"export.data": json.dumps(data).encode()})).logins or isinstance(item, dict)


class TestKeptInMemory:
    def test_the_bytes_are_overwritten(self) -> None:
        """What was given is zeroed, read or refused."""
        for content in (bytearray(chrome_csv([Entry()])), bytearray(b"Dear diary")):
            size = len(content)
            with contextlib.suppress(UnknownExportError):
                read_content(content, "x")
            assert bytes(size) == content

    def test_a_login_shows_nothing(self) -> None:
        """Printing a login, or an export, shows neither its password nor anything else of it."""
        login = Login("Title", "a.example", "jo", "hunter2-canary")
        assert "Login(hidden)" == repr(login) == str(login) == f"{login}"
        assert "hidden" not in repr(Export("x", (login,), {}))
        assert "canary" not in repr(Export("x", (login,), {}))

    def test_forgetting(self) -> None:
        """Forgotten logins have no password any more."""
        logins = (Login("A", "", "", "one"), Login("B", "", "", "two"))
        forget(logins)
        assert ["", ""] == [each.password for each in logins]


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://www.example.org/a?b#c", "example.org"),
        ("accounts.example.com", "example.com"),
        ("https://jo:secret@login.example.co.uk:8443/", "example.co.uk"),
        ("android://abc==@org.example.app/", "example.org"),
        ("http://192.168.0.1/admin", "192.168.0.1"),
        ("http://[::1]:80/", "::1"),
        ("http://[broken", ""),
        ("", ""),
        ("localhost", "localhost"),
    ],
)
def test_site_names(address: str, site: str) -> None:
    """A site goes by one name whichever of its pages is given, and nothing of an address but that is kept."""
    assert site == site_name(address)


def test_plain_addresses() -> None:
    """Only an address that begins with http:// counts as one."""
    assert [True, False, False, False] == [
        is_plain(each) for each in ("HTTP://a.example", "https://a", "a.example", "http://")
    ]
