"""Medium archives: a page of HTML for each post, draft and response, the profile, and lists of people."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from forethought.footprint.archives.decode import Located
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.parts import facts_of, joined, page_of, shown, without_secret
from forethought.footprint.archives.platform import Options, Platform, Recognition, table
from forethought.footprint.archives.tally import Dropped
from forethought.footprint.archives.values import entities, moment
from forethought.footprint.item import Audience, Item, Kind, Media, Moment, Pointer, Problem, Record

LISTS: dict[str, tuple[str, Kind, str]] = {
    "people followed": ("users-following", "contact", "following"),
    "people blocked": ("blocks", "contact", "blocked"),
    "claps": ("claps", "like", ""),
}
WITHHELD_LISTS = {"sessions": "session", "ips": "IP address"}  # folder, and what each line of it is
PROFILE = {"display name": "name", "profile": "handle", "username": "handle", "created at": "since", "bio": "bio"}
SHORT = 2000  # characters; a response is seldom longer
_NAMED = re.compile(r"(?:^|/)(?:\d{4}-\d\d-\d\d|draft)_[^/]*\.html$")
_FIELD = re.compile(r"""<(\w+)\b[^<>]*\bclass=["']?[^"'<>]*\b(p-name|p-summary|dt-published|p-canonical)\b[^<>]*>""")
_BODY = re.compile(r"""<(\w+)\b[^<>]*\bclass=["']?[^"'<>]*\be-content\b[^<>]*>""")
_HREF = re.compile(r"""\bhref=["']([^"']+)""")
_WHEN = re.compile(r"""\bdatetime=["']([^"']+)""")
_IMAGE = re.compile(r"<img\b[^<>]*>")
_QUALITY = re.compile(r"""\b(src|alt)=["']([^"']*)""")
_LINE = re.compile(r"<li\b.*?(?:</li>|\Z)", re.DOTALL)


def recognise(files: Files) -> Recognition | None:
    """Return what some files are taken for, or None."""
    posts, profile = _posts(files), files.matching(r"profile/profile\.html")
    sample = next((member for member in posts[:5] if _is_post(member)), None)
    if sample is None and not (profile and (posts or _folders(files))):
        return None
    missing = (() if posts else ("posts",)) + (() if profile else ("profile",))
    evidence = "pages marked as entries, with a body" if sample else "profile/profile.html"
    return Recognition(
        "medium", "posts as pages", "html", 0.95 if sample else 0.6, (evidence,), "unknown", _account(profile), missing,
        "Medium does not say who could see a post, and does not tell responses apart from posts.",
    )  # fmt: skip


def _posts(files: Files) -> list[Member]:
    pages = [member for member in files if member.base.endswith((".html", ".htm"))]
    named = [member for member in pages if "/posts/" in f"/{member.folded}" or _NAMED.search(member.folded)]
    rest = [] if named or len(pages) > 200 else [member for member in pages if _is_post(member)]
    return named or rest


def _is_post(member: Member) -> bool:
    start = member.start()
    return b"h-entry" in start and (b"data-field=" in start or b"p-canonical" in start)


def _folders(files: Files) -> list[Member]:
    return files.matching(
        rf"(?:{'|'.join((*WITHHELD_LISTS, 'claps', 'users-following', 'bookmarks', 'highlights'))})/.*\.html"
    )


def _account(profile: list[Member]) -> str:
    found = re.search(r"medium\.com/(@[\w.]+)", profile[0].start(2**14).decode(errors="replace")) if profile else None
    return found[1] if found else ""


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield the profile, the posts, and the lists of people and claps."""
    dropped = Dropped()
    yield from table("profile", files.matching(r"profile/profile\.html"), _whole, partial(_profile, dropped))
    yield from table("posts", _posts(files), _whole, _post)
    for name, (folder, kind, state) in LISTS.items():
        yield from table(name, files.matching(rf"{folder}/[^/]*\.html"), _lines, partial(_line, kind, state))
    for folder, field in WITHHELD_LISTS.items():
        yield from table(folder, files.matching(rf"{folder}/[^/]*\.html"), _lines, _dropping(dropped, field))
    yield from dropped.told()


def _whole(member: Member) -> Iterator[Located]:
    yield "", page_of(member)


def _lines(member: Member) -> Iterator[Located]:
    for number, line in enumerate(_LINE.findall(page_of(member))):
        yield f"li {number}", line


def _dropping(dropped: Dropped, field: str) -> Callable[[Any, Pointer], list[Item]]:
    def drop(_: Any, pointer: Pointer) -> list[Item]:
        dropped.add(pointer, field)
        return []

    return drop


def _line(kind: Kind, state: str, html: Any, pointer: Pointer) -> Iterator[Item]:
    """Yield who or what a line of a list links to."""
    address = _link(html)
    if kind == "like":
        yield Item(kind, "medium", pointer, created=_when(html), own_words=False, address=without_secret(address))
    elif shown(html) or address:
        facts = facts_of(name=shown(html), handle=address.rpartition("/")[2], direction="sent", state=state)
        yield Item(kind, "medium", pointer, created=_when(html), own_words=False, details=facts)


def _profile(dropped: Dropped, html: Any, pointer: Pointer) -> Iterator[Item]:
    """Yield what the profile says, its lines by their labels; addresses and linked accounts are dropped."""
    facts: dict[str, str] = {}
    for line in _LINE.findall(html):
        label, _, value = (part.strip() for part in shown(line).partition(":"))
        if name := PROFILE.get(label.casefold()):
            facts[name] = value
        else:
            dropped.add(pointer, "e-mail" if "mail" in label.casefold() else "other lines of the profile", value)
    named = re.search(r"""class=["'][^"']*\bp-name\b[^<>]*>([^<]+)""", html)
    facts = {"name": entities(named[1]).strip() if named else "", **facts}
    yield Item("profile", "medium", pointer, facts.get("bio", ""), "profile", details=facts_of(**facts))


def _post(html: Any, pointer: Pointer) -> Iterator[Item | Problem]:
    """Yield a post, a draft, or what may be a response."""
    head, body, foot = _parts(html)
    places = {found[2]: found for part in (foot, head) for found in reversed(list(_FIELD.finditer(part)))}
    title, summary = (shown(_inner(head, places.get(name))) for name in ("p-name", "p-summary"))
    words, link = shown(body), places.get("p-canonical")
    address = _link(link[0]) if link else ""
    when = _when(places["dt-published"][0]) if "dt-published" in places else Moment()
    draft = pointer.member.rpartition("/")[2].startswith("draft_") or not (when.raw or "</article>" not in html)
    unsure = not draft and _may_answer(title, body, words)
    yield Item(
        "draft" if draft else "post", "medium", pointer, joined("" if unsure else title, _lead(summary, words), words),
        _key(pointer.member, address), when,
        audience=Audience("only me", "post", "no time of publication") if draft else Audience(),
        address=without_secret(address), media=tuple(_pictures(body)),
        details=facts_of(unsure="a post or a comment" if unsure else ""),
    )  # fmt: skip
    if "</article>" not in html:
        yield Problem(pointer, "the page breaks off, so its end is missing")


def _lead(summary: str, words: str) -> str:
    """Return a summary that somebody wrote, and not one that Medium cut out of the body."""
    return "" if not summary or " ".join(summary.rstrip("….").split()) in " ".join(words.split()) else summary


def _link(html: str) -> str:
    found = _HREF.search(html)
    return entities(found[1]) if found else ""


def _inner(html: str, opening: re.Match[str] | None) -> str:
    if opening is None:
        return ""
    end = html.find(f"</{opening[1]}>", opening.end())
    return html[opening.end() : end if end >= 0 else len(html)]


def _parts(html: str) -> tuple[str, str, str]:
    """Return what stands before the body, the body, and what follows it, which is the footer.

    The body has sections of its own, so it reaches to the last one that ends before the footer.
    """
    opening = _BODY.search(html)
    if opening is None:
        raise LookupError("no body")
    footer = html.find("<footer", opening.end())
    footer = footer if footer >= 0 else len(html)
    end = html.rfind(f"</{opening[1]}>", opening.end(), footer)
    return html[: opening.start()], html[opening.end() : end if end >= 0 else footer], html[footer:]


def _may_answer(title: str, body: str, words: str) -> bool:
    """Return whether a post may be a response: short, without headings, its title its own beginning."""
    begins = words.startswith(title.rstrip("….").strip()) and bool(title)
    return begins and len(words) <= SHORT and not re.search(r"<h[1-6]\b", body)


def _pictures(body: str) -> Iterator[Media]:
    for tag in _IMAGE.findall(body):
        facts = dict(_QUALITY.findall(tag))
        yield Media(entities(facts.get("src", "")).partition("?")[0].rpartition("/")[2], entities(facts.get("alt", "")))


def _key(name: str, address: str) -> str:
    """Return the platform's own id, which ends both the address and the file's name."""
    found = re.search(r"-([0-9a-f]{8,16})(?:\.html?)?$", address or name) or re.search(
        r"-([0-9a-f]{8,16})\.html?$", name
    )
    return found[1] if found else ""


def _when(html: str) -> Moment:
    found = _WHEN.search(html)
    return moment(found[1]) if found else Moment()


MEDIUM = Platform("medium", "Medium", recognise, read)
