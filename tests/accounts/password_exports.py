"""Makes exports of password managers in their real shapes, from entries that are invented."""

import base64
import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape


@dataclass(frozen=True)
class Entry:
    """An entry as a person keeps it."""

    title: str = "Example"
    url: str = "https://www.example.org/login"
    user: str = "jo@example.net"
    password: str = "kettle-Orbit7"
    notes: str = ""
    totp: str = ""
    day: date = date(2024, 5, 6)


def table(heads: str, rows: Iterable[Sequence[str]], quoting: int = csv.QUOTE_MINIMAL, ends: str = "\r\n") -> str:
    """Return a table under columns."""
    file = io.StringIO()
    written = csv.writer(file, quoting=quoting, lineterminator=ends)  # type: ignore[arg-type]
    written.writerow(heads.split(","))
    written.writerows(rows)
    return file.getvalue()


def bitwarden_csv(entries: Iterable[Entry]) -> bytes:
    """Return Bitwarden's table, with a note and a card, which have no password."""
    heads = "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp"
    rows = [["Work", "", "login", e.title, e.notes, "", "0", e.url, e.user, e.password, e.totp] for e in entries]
    rows += [["", "1", "note", "A note", "line\nline", "", "0", "", "", "", ""]]
    return table(heads, rows, ends="\n").encode()


def bitwarden_json(entries: Iterable[Entry]) -> bytes:
    """Return Bitwarden's JSON, with a note, a card and an item in the bin."""
    items = [
        {
            "id": "1", "folderId": None, "type": 1, "name": e.title, "notes": e.notes or None, "favorite": False,
            "login": {
                "uris": [{"match": None, "uri": e.url}, {"match": None, "uri": "androidapp://org.example"}],
                "username": e.user, "password": e.password, "totp": e.totp or None,
                "passwordRevisionDate": f"{e.day.isoformat()}T10:00:00.000Z",
            },
            "passwordHistory": [{"lastUsedDate": "2020-01-01T00:00:00Z", "password": "an older one"}],
            "revisionDate": "2026-01-01T00:00:00.000Z", "creationDate": "2019-01-01T00:00:00.000Z", "deletedDate": None,
        }
        for e in entries
    ]  # fmt: skip
    items.append({"type": 2, "name": "A note", "notes": "words", "secureNote": {"type": 0}})
    items.append({"type": 3, "name": "A card", "card": {"number": "0000"}})
    items.append({**items[0], "deletedDate": "2026-02-02T00:00:00.000Z"})
    return json.dumps({"encrypted": False, "folders": [{"id": "f", "name": "Work"}], "items": items}).encode()


def keepassxc_csv(entries: Iterable[Entry]) -> bytes:
    """Return KeePassXC's table, all fields quoted, with an entry in the recycle bin."""
    heads = "Group,Title,Username,Password,URL,Notes,TOTP,Icon,Last Modified,Created"
    times = "2018-01-01T00:00:00Z"
    rows = [
        ["Root/Work", e.title, e.user, e.password, e.url, e.notes, e.totp, "0", f"{e.day}T10:00:00Z", times]
        for e in entries
    ]
    rows.append(["Root/Recycle Bin", "Gone", "jo", "gone-gone-1", "", "", "", "0", times, times])
    return table(heads, rows, csv.QUOTE_ALL, "\n").encode()


def keepass_xml(entries: Iterable[Entry], binary_times: bool = False) -> bytes:
    """Return KeePass 2's XML, with groups in groups, older versions and a recycle bin."""

    def when(day: date) -> str:
        if not binary_times:
            return f"{day.isoformat()}T10:00:00Z"
        return base64.b64encode(((day - date(1, 1, 1)).days * 86_400).to_bytes(8, "little")).decode()

    def fields(e: Entry) -> str:
        keys = {"Title": e.title, "URL": e.url, "UserName": e.user, "Notes": e.notes, "otp": e.totp}
        plain = "".join(f"<String><Key>{k}</Key><Value>{escape(v)}</Value></String>" for k, v in keys.items())
        secret = f'<String><Key>Password</Key><Value ProtectInMemory="True">{escape(e.password)}</Value></String>'
        return plain + secret

    def version(e: Entry, day: date, password: str) -> str:
        held = fields(Entry(e.title, e.url, e.user, password, e.notes, e.totp))
        times = f"<Times><LastModificationTime>{when(day)}</LastModificationTime></Times>"
        return f"<Entry><UUID>x</UUID>{held}{times}</Entry>"

    def entry(e: Entry) -> str:
        older = version(e, date(2001, 1, 1), "an older one") + version(e, e.day, e.password)
        times = f"<Times><LastModificationTime>{when(date(2026, 1, 1))}</LastModificationTime></Times>"
        return f"<Entry><UUID>x</UUID>{fields(e)}{times}<History>{older}</History></Entry>"

    held = "".join(map(entry, entries))
    gone = f"<Group><UUID>BIN=</UUID><Name>Papierkorb</Name>{entry(Entry(title='Gone'))}</Group>"
    return (
        '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'
        "<KeePassFile><Meta><RecycleBinEnabled>True</RecycleBinEnabled><RecycleBinUUID>BIN=</RecycleBinUUID></Meta>"
        f"<Root><Group><UUID>r</UUID><Name>Root</Name><Group><UUID>g</UUID><Name>Work</Name>{held}</Group>{gone}</Group>"
        "<DeletedObjects /></Root></KeePassFile>"
    ).encode()


def onepassword_csv(entries: Iterable[Entry]) -> bytes:
    """Return 1Password's table, with an archived item."""
    heads = "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes"
    rows = [[e.title, e.url, e.user, e.password, e.totp, "false", "false", "work", e.notes] for e in entries]
    rows.append(["Gone", "", "jo", "gone-gone-1", "", "false", "true", "", ""])
    return table(heads, rows, ends="\n").encode()


def onepassword_1pux(entries: Iterable[Entry]) -> bytes:
    """Return 1Password's zip, with a card and an archived item."""

    def seconds(day: date) -> int:
        return int(datetime(day.year, day.month, day.day, 10, tzinfo=UTC).timestamp())

    def item(e: Entry, state: str = "active", category: str = "001") -> dict[str, object]:
        login = [
            {"value": e.user, "id": "", "name": "user", "fieldType": "T", "designation": "username"},
            {"value": e.password, "id": "", "name": "pass", "fieldType": "P", "designation": "password"},
        ]
        codes = [{"title": "one-time password", "id": "TOTP_1", "value": {"totp": e.totp}}] if e.totp else []
        return {
            "uuid": "u", "favIndex": 0, "createdAt": seconds(date(2019, 1, 1)), "updatedAt": seconds(date(2026, 1, 1)),
            "state": state, "categoryUuid": category,
            "details": {
                "loginFields": login, "notesPlain": e.notes, "sections": [{"title": "", "name": "s", "fields": codes}],
                "passwordHistory": [{"value": "an older one", "time": seconds(e.day)}],
            },
            "overview": {"title": e.title, "url": e.url, "urls": [{"label": "", "url": e.url}], "tags": []},
        }  # fmt: skip

    items = [*map(item, entries), item(Entry(), "archived"), item(Entry(), category="002")]
    data = {"accounts": [{"attrs": {"name": "Jo"}, "vaults": [{"attrs": {"name": "Private"}, "items": items}]}]}
    return zipped({"export.attributes": b'{"version":3}', "export.data": json.dumps(data).encode()})


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a zip of members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def lastpass_csv(entries: Iterable[Entry]) -> bytes:
    """Return LastPass's table, with a note."""
    rows = [[e.url, e.user, e.password, e.totp, e.notes, e.title, "Work\\Mail", "0"] for e in entries]
    rows.append(["http://sn", "", "", "", "NoteType:Credit Card\nNumber:0000", "A card", "", "0"])
    return table("url,username,password,totp,extra,name,grouping,fav", rows).encode()


def chrome_csv(entries: Iterable[Entry]) -> bytes:
    """Return Chrome's table."""
    rows = [[e.title, e.url, e.user, e.password, e.notes] for e in entries]
    return table("name,url,username,password,note", rows).encode()


def firefox_csv(entries: Iterable[Entry]) -> bytes:
    """Return Firefox's table, all fields quoted, times in milliseconds."""

    def moment(day: date) -> str:
        return str(int(datetime(day.year, day.month, day.day, 10, tzinfo=UTC).timestamp() * 1000))

    heads = "url,username,password,httpRealm,formActionOrigin,guid,timeCreated,timeLastUsed,timePasswordChanged"
    rows = [[e.url, e.user, e.password, "", e.url, "{g}", "1", "2", moment(e.day)] for e in entries]
    rows.append(["chrome://FirefoxAccounts", "id", "{json}", "", "", "{g}", "1", "1", "1"])
    return table(heads, rows, csv.QUOTE_ALL).encode()


def apple_csv(entries: Iterable[Entry]) -> bytes:
    """Return Apple's table."""
    rows = [[e.title, e.url, e.user, e.password, e.notes, e.totp] for e in entries]
    return table("Title,URL,Username,Password,Notes,OTPAuth", rows, ends="\n").encode()


Maker = Callable[[Iterable[Entry]], bytes]
# Each shape with the manager told, what is left out of it, and whether it keeps titles, codes and dates.
SHAPES: dict[str, tuple[Maker, str, dict[str, int], str]] = {
    "bitwarden csv": (bitwarden_csv, "Bitwarden", {"not a login": 1}, "title totp"),
    "bitwarden json": (bitwarden_json, "Bitwarden", {"not a login": 2, "deleted": 1}, "title totp day"),
    "keepassxc csv": (keepassxc_csv, "KeePassXC", {"deleted": 1}, "title totp day"),
    "keepass xml": (keepass_xml, "KeePass", {"deleted": 1}, "title totp day"),
    "1password csv": (onepassword_csv, "1Password", {"archived": 1}, "title totp"),
    "1password 1pux": (onepassword_1pux, "1Password", {"archived": 1, "not a login": 1}, "title totp day"),
    "lastpass csv": (lastpass_csv, "LastPass", {"not a login": 1}, "title totp"),
    "chrome csv": (chrome_csv, "Chrome, Edge or Brave", {}, "title"),
    "firefox csv": (firefox_csv, "Firefox", {"not a login": 1}, "day"),
    "apple csv": (apple_csv, "Apple Passwords", {}, "title totp"),
}
