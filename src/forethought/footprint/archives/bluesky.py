"""Bluesky: the repository of an account as a CAR file, read along its tree."""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from forethought.footprint.archives.car import Repository, blocks, decoded, roots, tid, written
from forethought.footprint.archives.decode import Located
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.pictures import Pictures
from forethought.footprint.archives.platform import Options, Platform, Recognition, table
from forethought.footprint.archives.values import many, moment, text, within, wrote
from forethought.footprint.item import (
    Audience,
    Item,
    Kind,
    Media,
    Moment,
    Pointer,
    Problem,
    Record,
    State,
    Table,
)

PUBLIC = Audience("public", "account", "a repository of Bluesky is public")
MOST_LOOKED_AT = 50  # files of other names that are looked into
APART = 60  # seconds between what a post says and what its key says, beyond which both are told
NOBODY = "nobody"
RULES = {
    "mentionRule": "people who are mentioned",
    "followingRule": "people who are followed",
    "followerRule": "followers",
    "listRule": "people on a list",
}
_MEDIUM = re.compile(r"(?:^|/)(bafk[a-z2-7]+)(?:\.\w+)?$")
_POST = re.compile(r"at://([^/]+)/app\.bsky\.feed\.post/([^/]+)$")


def recognise(files: Files) -> Recognition | None:
    """Return which version of a repository the files hold, or None."""
    held = _cars(files)
    if not held:
        return None
    commit = _commit(held[0])
    version = f"repository version {commit['version']}" if "version" in commit else "repository"
    return Recognition(
        "bluesky",
        version,
        "car",
        0.97 if commit else 0.6,
        tuple(member.name for member in held),
        account=text(commit.get("did")),
    )


def _cars(files: Files) -> list[Member]:
    """Return the files that begin as a CAR file does: those named so, or else any of a few."""
    named = [member for member in files if member.base.endswith(".car")]
    others = files.members if len(files.members) <= MOST_LOOKED_AT else []
    return [member for member in named if _is_car(member)] or [member for member in others if _is_car(member)]


def _is_car(member: Member) -> bool:
    start = member.start(128)
    return b"eroots" in start[:16] and b"gversion" in start


def _commit(member: Member) -> dict[str, Any]:
    """Return the signed commit where it stands at the beginning, as it does in a file from a server."""
    try:
        stream = io.BytesIO(member.start())
        root = roots(stream)[0]
        found: Any = next((decoded(block) for identifier, block in blocks(stream) if identifier == root), {})
        return found if isinstance(found, dict) and "did" in found else {}
    except (ValueError, TypeError, IndexError, RecursionError):
        return {}


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield every record that the tree names, and a table for each kind."""
    pictures = Pictures(files, lambda name: part[1] if (part := _MEDIUM.search(name)) else "")
    repositories: dict[tuple[str, str], Repository] = {}
    done: Counter[str] = Counter()

    def records(member: Member) -> Iterator[Located]:
        repository = repositories[member.source, member.name] = Repository(member)
        return repository.records()

    def items(record: Any, pointer: Pointer) -> list[Item]:
        collection = pointer.locator.partition("/")[0]
        owner = repositories[pointer.source, pointer.member].did
        made = list(KINDS[collection][1](owner, pictures, record, pointer)) if collection in KINDS else []
        done[collection] += 1
        return made

    whole = True
    for each in table("repository", _cars(files), records, items):
        if isinstance(each, Table):
            whole = each.state in ("present", "empty") and not any(one.lacking_nodes for one in repositories.values())
        else:
            yield each
    for repository in repositories.values():
        yield from _short_and_beyond(repository)
    yield from _tables(list(repositories.values()), done, whole)
    yield from pictures.table()


def _short_and_beyond(repository: Repository) -> Iterator[Problem]:
    """Yield how a file falls short of its tree or goes beyond it, and what in it is of no kind that is known."""
    strange = sum(count for collection, count in repository.counts.items() if collection not in KINDS)
    told = (
        (repository.lacking_nodes, "parts of the index that are not in the file"),
        (repository.lacking, "records that the index names and the file lacks"),
        (repository.stale, "records that were deleted or replaced, which the file still carries; they were left out"),
        (strange, "records of kinds that are not known"),
    )
    yield from (Problem(repository.member.at(), f"{what}: {count}") for count, what in told if count)


def _tables(repositories: list[Repository], done: Counter[str], whole: bool) -> Iterator[Table]:
    counts = sum((repository.counts for repository in repositories), Counter[str]())
    for collection, (name, _) in KINDS.items():
        state = _state(bool(repositories), done[collection], counts[collection], whole)
        yield Table(name, state, done[collection], counts[collection] if repositories else None)


def _state(opened: bool, read: int, said: int, whole: bool) -> State:
    if not opened:
        return "unreadable"
    if read < said or (read and not whole):
        return "partial"
    return "present" if read else "empty" if whole else "absent"


def _when(record: dict[str, Any], pointer: Pointer) -> tuple[Moment, tuple[tuple[str, str], ...]]:
    """Return when a record says it was made, or else when its key does; and the key's moment where it is far off."""
    said, by_key = moment(record.get("createdAt")), tid(pointer.locator.rpartition("/")[2])
    if said.at is None or said.at.tzinfo is None:
        return Moment(said.raw, by_key.at, by_key.zone), ()
    if by_key.at and abs((said.at - by_key.at).total_seconds()) > APART:
        return said, (("time by its key", by_key.at.isoformat()),)
    return said, ()


def _key(owner: str, pointer: Pointer) -> str:
    return f"at://{owner}/{pointer.locator}"


def web(address: str) -> str:
    """Return the address in a browser of a post, or any other address as it is."""
    found = _POST.match(address)
    return f"https://bsky.app/profile/{found[1]}/post/{found[2]}" if found else address


def _post(owner: str, pictures: Pictures, record: Any, pointer: Pointer) -> Iterator[Item]:
    embed, key = record.get("embed") or {}, _key(owner, pointer)
    answered = text(within(record, "reply", "parent", "uri"))
    shown = text(within(embed, "record", "uri") or within(embed, "record", "record", "uri"))
    created, apart = _when(record, pointer)
    yield Item(
        "reply" if answered else "quote" if _POST.match(shown) else "post",
        "bluesky",
        pointer,
        wrote(record["text"]),
        key,
        created,
        audience=PUBLIC,
        reply_to=answered,
        address=web(key),
        media=tuple(_media(pictures, embed.get("media") or embed)),
        details=(*_further(record, embed, shown), *apart),
    )


def _media(pictures: Pictures, embed: dict[str, Any]) -> Iterator[Media]:
    for image in many(embed.get("images")):
        yield Media(pictures.find(_blob(image.get("image"))), wrote(image.get("alt")))
    if embed.get("video"):
        yield Media(pictures.find(_blob(embed["video"])), wrote(embed.get("alt")))


def _blob(blob: Any) -> str:
    """Return the name of a picture's file; the oldest records write it out."""
    return written(within(blob, "ref") or within(blob, "cid"))


def _further(record: dict[str, Any], embed: dict[str, Any], shown: str) -> Iterator[tuple[str, str]]:
    """Yield what else a post tells: what it quotes, where its links lead, its languages, tags and labels."""
    if shown:
        yield "quotes" if _POST.match(shown) else "shows", shown
    links = [text(within(feature, "uri")) for facet in many(record.get("facets")) for feature in _features(facet)]
    links.append(text(within(embed.get("media") or embed, "external", "uri")))
    yield from (("link", link) for link in dict.fromkeys(links) if link and link not in record["text"])
    if record.get("langs"):
        yield "language", ", ".join(map(text, many(record["langs"])))
    yield from (("tag", text(tag)) for tag in many(record.get("tags")))
    yield from (("label", label) for label in _labels(record))


def _features(facet: Any) -> list[Any]:
    return many(within(facet, "features"))


def _labels(record: Any) -> list[str]:
    return [text(within(label, "val")) for label in many(within(record, "labels", "values"))]


def _pointed_at(kind: Kind, owner: str, pictures: Pictures, record: Any, pointer: Pointer) -> Iterator[Item]:
    """Yield a like or a repost, of which the address is told."""
    address = web(text(record["subject"]["uri"]))
    created, apart = _when(record, pointer)
    key = _key(owner, pointer)
    yield Item(kind, "bluesky", pointer, "", key, created, False, PUBLIC, address=address, details=apart)


def _profile(owner: str, pictures: Pictures, record: Any, pointer: Pointer) -> Iterator[Item]:
    names = (("displayName", "name"), ("pronouns", "pronouns"), ("website", "website"))
    kept = [(name, text(record.get(field))) for field, name in names if text(record.get(field))]
    if within(record, "pinnedPost", "uri"):
        kept.append(("pinned", text(within(record, "pinnedPost", "uri"))))
    created, key = moment(record.get("createdAt")), _key(owner, pointer)
    details = (("account", owner), *kept)
    yield Item("profile", "bluesky", pointer, "", key, created, False, PUBLIC, details=details)
    if record.get("description"):
        yield Item("bio", "bluesky", pointer, wrote(record["description"]), key, created, audience=PUBLIC)
    for label in _labels(record):
        value = "asks not to be shown to people who are not signed in" if label == "!no-unauthenticated" else label
        yield _setting(pointer, f"{key}#{label}", Moment(), (("setting", "label"), ("value", value)))


def _setting(
    pointer: Pointer, key: str, created: Moment, details: tuple[tuple[str, str], ...], about: str = ""
) -> Item:
    return Item("setting", "bluesky", pointer, "", key, created, False, reply_to=about, details=details)


def _reply_gate(owner: str, pictures: Pictures, record: Any, pointer: Pointer) -> Iterator[Item]:
    rules = record.get("allow")
    who = "anybody" if rules is None else ", ".join(filter(None, map(_rule, rules))) or NOBODY
    details = (("setting", "who may reply"), ("value", who))
    yield _setting(pointer, _key(owner, pointer), _when(record, pointer)[0], details, text(record["post"]))


def _rule(rule: Any) -> str:
    return RULES.get(text(within(rule, "$type")).rpartition("#")[2], "others")


def _quote_gate(owner: str, pictures: Pictures, record: Any, pointer: Pointer) -> Iterator[Item]:
    shut = any(text(within(rule, "$type")).endswith("#disableRule") for rule in many(record.get("embeddingRules")))
    details = (("setting", "who may quote"), ("value", NOBODY if shut else "anybody"))
    yield _setting(pointer, _key(owner, pointer), _when(record, pointer)[0], details, text(record["post"]))


def _messages_from(owner: str, pictures: Pictures, record: Any, pointer: Pointer) -> Iterator[Item]:
    details = (("setting", "who may write messages"), ("value", text(record["allowIncoming"])))
    yield _setting(pointer, _key(owner, pointer), Moment(), details)


def _contact(state: str, owner: str, pictures: Pictures, record: Any, pointer: Pointer) -> Iterator[Item]:
    created, _ = _when(record, pointer)
    details = (("handle", text(record["subject"])), ("direction", "sent"), ("state", state))
    key = _key(owner, pointer)
    yield Item("contact", "bluesky", pointer, "", key, created, False, PUBLIC, details=details)


def _named(form: str, owner: str, pictures: Pictures, record: Any, pointer: Pointer) -> Iterator[Item]:
    """Yield the name and the description that the person gave a list, a starter pack or a feed."""
    words = "\n".join(filter(None, (wrote(record.get(name)) for name in ("name", "displayName", "description"))))
    created, _ = _when(record, pointer)
    key, details = _key(owner, pointer), (("form", form),)
    if words:
        yield Item("post", "bluesky", pointer, words, key, created, audience=PUBLIC, details=details)


Maker = Callable[[str, Pictures, Any, Pointer], Iterable[Item]]
KINDS: dict[str, tuple[str, Maker]] = {
    "app.bsky.actor.profile": ("profile", _profile),
    "app.bsky.feed.post": ("posts", _post),
    "app.bsky.feed.repost": ("reposts", partial(_pointed_at, "repost")),
    "app.bsky.feed.like": ("likes", partial(_pointed_at, "like")),
    "app.bsky.feed.threadgate": ("who may reply", _reply_gate),
    "app.bsky.feed.postgate": ("who may quote", _quote_gate),
    "app.bsky.feed.generator": ("feeds", partial(_named, "feed")),
    "app.bsky.graph.follow": ("following", partial(_contact, "accepted")),
    "app.bsky.graph.block": ("blocked", partial(_contact, "blocked")),
    "app.bsky.graph.list": ("lists", partial(_named, "list")),
    "app.bsky.graph.listitem": ("listed", partial(_contact, "listed")),
    "app.bsky.graph.listblock": ("blocked lists", partial(_contact, "list blocked")),
    "app.bsky.graph.starterpack": ("starter packs", partial(_named, "starter pack")),
    "chat.bsky.actor.declaration": ("who may write messages", _messages_from),
}
BLUESKY = Platform("bluesky", "Bluesky", recognise, read)
