"""LinkedIn's items: what each row of its tables says, and each article."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Any
from urllib.parse import unquote

from forethought.footprint.archives.decode import MOST_RECORD, Located, text_of, words_of
from forethought.footprint.archives.files import Member
from forethought.footprint.archives.platform import Options
from forethought.footprint.archives.sheets import Row
from forethought.footprint.archives.tally import Dropped, Talks
from forethought.footprint.archives.values import moment, text
from forethought.footprint.item import Audience, Item, Kind, Moment, Pointer, Who

PRIVATE = (
    "e-mail addresses", "telephone numbers", "searches", "advertising profile", "uploaded address book", "payments",
    "recommendations received",
)  # fmt: skip
_AUDIENCES: dict[str, Who] = {
    "MEMBER_NETWORK": "public", "ANYONE": "public", "PUBLIC": "public", "LOGGED_IN": "public", "ALL_MEMBERS": "public",
    "CONNECTIONS": "connections", "GROUP": "group", "CONTAINER": "group",
}  # fmt: skip
_PROFILE = {
    "firstname": "first name", "lastname": "last name", "maidenname": "maiden name", "headline": "headline",
    "industry": "industry", "geolocation": "place", "twitterhandles": "twitter", "websites": "websites",
}  # fmt: skip
_PRIVATE_PROFILE = {
    "address": "address", "birthdate": "birth date", "zipcode": "postcode", "instantmessengers": "instant messengers",
}  # fmt: skip
_SECTION = {
    "companyname": "company", "title": "title", "name": "named", "role": "role", "cause": "cause", "location": "place",
    "schoolname": "school", "degreename": "degree", "position": "position", "authority": "authority",
    "number": "number", "publisher": "publisher", "proficiency": "proficiency", "url": "link",
    "startedon": "from", "startdate": "from", "issuedon": "from", "publishedon": "from",
    "finishedon": "to", "enddate": "to",
}  # fmt: skip
_OTHERS = {
    "emailaddress": "others' e-mail addresses", "company": "others' companies", "position": "others' positions",
}  # fmt: skip
_UNDATED = Moment()
_OWN_TEXT = ("description", "notes", "activities")


@lru_cache(4096)
def when(raw: str) -> Moment:
    """Return the moment of a date in any of the forms that one of these exports mixes."""
    found = moment(re.sub(r"^(\d{4})/(\d\d)/(\d\d)", r"\1-\2-\3", raw))
    return Moment(raw, found.at, found.zone)


def full_name(record: Row) -> str:
    """Return the name that a row gives in two columns."""
    return " ".join(filter(None, (text(record.get("firstname")), text(record.get("lastname")))))


def _filled(record: Row, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text(record[column])) for column, name in names.items() if text(record.get(column)))


class Reader:
    """Makes items of rows, counts what it drops, and gathers conversations."""

    def __init__(self, options: Options, owner: str) -> None:
        self.options, self.owner = options, owner.casefold()
        self.dropped = Dropped()
        self.talks = Talks("linkedin")

    def makers(self) -> dict[str, Callable[[Any, Pointer], Iterator[Item]]]:
        """Return what makes items of each kind of row, in the order of reading."""
        sections = ("positions", "education", "volunteering", "projects", "publications", "skills")
        return {
            "posts": _post,
            "comments": _comment,
            "reactions": _reaction,
            "votes": _reaction,
            "profile": self._profile,
            **{name: partial(_section, name) for name in sections},
            "recommendations given": _recommending,
            "media": _media,
            "connections": self._connection,
            "invitations": self._invitation,
            "follows": _follow,
            "companies": _company,
            "endorsements given": partial(_endorsement, "endorsee", "sent"),
            "endorsements received": partial(_endorsement, "endorser", "received"),
            "messages": self._message,
            "logins": partial(self._session, "logindate"),
            "challenges": partial(self._session, "challengedate"),
            "registration": self._registered,
            "history": _history,
            "inferences": _inference,
            **{name: partial(self._private, name) for name in PRIVATE},
        }

    def _profile(self, record: Row, pointer: Pointer) -> Iterator[Item]:
        self.dropped.cells(pointer, record, _PRIVATE_PROFILE)
        yield Item("profile", "linkedin", pointer, key="profile", own_words=False, details=_filled(record, _PROFILE))
        for column in ("headline", "summary"):
            if text(record.get(column)):
                yield Item("bio", "linkedin", pointer, text=record[column], key=column)

    def _connection(self, record: Row, pointer: Pointer) -> Iterator[Item]:
        self.dropped.cells(pointer, record, _OTHERS)
        who = _who(full_name(record), text(record.get("url")))
        yield _contact(pointer, who, "connected", created=when(record["connectedon"]))

    def _invitation(self, record: Row, pointer: Pointer) -> Iterator[Item]:
        sent = record["direction"].casefold() == "outgoing"
        other, address = ("to", "inviteeprofileurl") if sent else ("from", "inviterprofileurl")
        who = _who(text(record[other]), text(record.get(address)))
        words = text(record.get("message"))
        own = bool(words) and sent and self.options.own_messages
        if words and not own:
            self.dropped.add(pointer, "invitations' words")
        details = (*who, ("direction", "sent" if sent else "received"))
        yield Item(
            "request", "linkedin", pointer, text=words if own else "", created=when(record["sentat"]), own_words=own,
            details=details,
        )  # fmt: skip

    def _message(self, record: Row, pointer: Pointer) -> Iterator[Item]:
        sender, created = text(record["from"]), when(record["date"])
        mine = bool(sender) and sender.casefold() == self.owner
        talk = self.talks.hear(record["conversationid"], pointer, created, mine=mine)
        partners = {name.strip() for name in text(record.get("to")).split(",")} | {sender}
        talk.names |= {name for name in partners if name and name.casefold() != self.owner}
        if not mine and text(record.get("senderprofileurl")):
            talk.handles.add(text(record["senderprofileurl"]))
        words = record.get("content", "")
        if words and mine and self.options.own_messages:
            yield Item("message", "linkedin", pointer, text=_plain(words), created=created)
        elif words:
            self.dropped.add(pointer, "messages' words")

    def _session(self, column: str, record: Row, pointer: Pointer) -> Iterator[Item]:
        self.dropped.cells(pointer, record, {"ipaddress": "IP addresses"})
        names = {"useragent": "device", "country": "country", "logintype": "type", "challengetype": "type"}
        created = when(record[column])
        yield Item("session", "linkedin", pointer, created=created, own_words=False, details=_filled(record, names))

    def _registered(self, record: Row, pointer: Pointer) -> Iterator[Item]:
        self.dropped.cells(pointer, record, {"registrationip": "IP addresses"})
        yield _setting(pointer, "registered", text(record.get("subscriptiontypes")), when(record["registeredat"]))

    def _private(self, name: str, record: Row, pointer: Pointer) -> Iterator[Item]:
        self.dropped.add(pointer, name)
        yield from ()


def _post(record: Row, pointer: Pointer) -> Iterator[Item]:
    link, shared, who = (text(record.get(name)) for name in ("sharelink", "sharedurl", "visibility"))
    words = record["sharecommentary"] if record["sharecommentary"].strip() else ""
    known = _AUDIENCES.get(who, "unknown")
    links = [("link", shared), ("media", _unsigned(record.get("mediaurl")))]
    details = [*links, ("visibility", who if known == "unknown" else "")]
    yield Item(
        "post" if words else "repost",
        "linkedin",
        pointer,
        text=words,
        key=_urn(link),
        created=when(record["date"]),
        own_words=bool(words),
        audience=Audience(known, "post" if who else "none", "Visibility" if who else ""),
        address=link,
        details=tuple((name, value) for name, value in details if value),
    )


def _unsigned(link: str | None) -> str:
    """Return a link to a picture without the signature that opens it."""
    return text(link).partition("?")[0]


def _urn(link: str) -> str:
    found = re.search(r"urn:li:\w+:\d+", unquote(link))
    return found[0] if found else ""


def _comment(record: Row, pointer: Pointer) -> Iterator[Item]:
    if record["message"].strip():
        created, address = when(record["date"]), text(record["link"])
        yield Item("comment", "linkedin", pointer, text=record["message"], created=created, address=address)


def _reaction(record: Row, pointer: Pointer) -> Iterator[Item]:
    details = _filled(record, {"type": "reaction", "optiontext": "vote"})
    created, address = when(record["date"]), text(record["link"])
    yield Item("like", "linkedin", pointer, created=created, own_words=False, address=address, details=details)


def _section(name: str, record: Row, pointer: Pointer) -> Iterator[Item]:
    words = "\n\n".join(record[column] for column in _OWN_TEXT if text(record.get(column)))
    kind: Kind = "bio" if words else "profile"
    details = (("section", name), *_filled(record, _SECTION))
    yield Item(kind, "linkedin", pointer, text=words, own_words=bool(words), details=details)


def _recommending(record: Row, pointer: Pointer) -> Iterator[Item]:
    if text(record["text"]):
        details = (("section", "recommendation given"), *_filled(record, {"status": "state"}))
        created = when(record.get("creationdate", ""))
        yield Item("comment", "linkedin", pointer, text=record["text"], created=created, details=details)


def _media(record: Row, pointer: Pointer) -> Iterator[Item]:
    words = text(record.get("mediadescription")).strip("-")
    link = _unsigned(record["medialink"])
    details = (("media", link),) if link else ()
    created = when(record["date/time"])
    yield Item("photo", "linkedin", pointer, text=words, created=created, own_words=bool(words), details=details)


def _who(name: str, address: str) -> tuple[tuple[str, str], ...]:
    return tuple((column, value) for column, value in (("name", name), ("handle", address)) if value)


def _contact(
    pointer: Pointer, who: tuple[tuple[str, str], ...], state: str, direction: str = "", created: Moment = _UNDATED
) -> Item:
    how = (("state", state), *((("direction", direction),) if direction else ()))
    return Item("contact", "linkedin", pointer, created=created, own_words=False, details=(*who, *how))


def _follow(record: Row, pointer: Pointer) -> Iterator[Item]:
    state = "following" if record["status"].casefold() == "active" else "removed"
    yield _contact(pointer, _who(text(record["fullname"]), ""), state, "sent", when(record["date"]))


def _company(record: Row, pointer: Pointer) -> Iterator[Item]:
    yield _contact(pointer, _who(text(record["organization"]), ""), "following", "sent", when(record["followedon"]))


def _endorsement(whose: str, direction: str, record: Row, pointer: Pointer) -> Iterator[Item]:
    name = " ".join(filter(None, (text(record.get(f"{whose}{part}")) for part in ("firstname", "lastname"))))
    who = _who(name, text(record.get(f"{whose}publicurl")))
    yield _contact(pointer, who, "endorsed", direction, when(record.get("endorsementdate", "")))


def _setting(pointer: Pointer, name: str, value: str, created: Moment = _UNDATED) -> Item:
    details = (("setting", name), ("value", value))
    return Item("setting", "linkedin", pointer, created=created, own_words=False, details=details)


def _history(record: Row, pointer: Pointer) -> Iterator[Item]:
    yield _setting(pointer, "account status", text(record["event"]), when(record["time"]))


def _inference(record: Row, pointer: Pointer) -> Iterator[Item]:
    yield _setting(pointer, f"inferred: {record['typeofinference']}", text(record["inference"]))


def _plain(words: str) -> str:
    return words_of(words) if re.search(r"</?\w+[^>]*>", words) else words


def article(member: Member) -> Iterator[Located]:
    """Yield an article's page."""
    with text_of(member) as stream:
        yield "", stream.read(MOST_RECORD)


def articled(source: Any, pointer: Pointer) -> Iterator[Item]:
    """Yield what an article's page says, dated by its name."""
    date = re.search(r"\d{4}-\d\d-\d\d( \d\d[:_]\d\d([:_]\d\d)?)?", pointer.member.rpartition("/")[2])
    body = re.search(r"<body[^>]*>(.*)", source, re.DOTALL | re.IGNORECASE)
    yield Item(
        "post",
        "linkedin",
        pointer,
        text=words_of(body[1] if body else source),
        key=pointer.member.rpartition("/")[2],
        created=moment(date[0].replace("_", ":")) if date else _UNDATED,
        details=(("section", "article"), ("from", "html")),
    )
