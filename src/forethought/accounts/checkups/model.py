"""What a platform lets a person set and what is advised of it, as it is loaded, and what a comparison finds."""

# The form of a file accounts/platforms/<id>.toml, which is called after its platform's id. Keys marked ? may be left
# out; nothing may be empty. Words are plain British English, and in our own words.
#
#   # One line that says what the file holds.
#   id, title = words
#   sort = "social"                a key of accounts.vocabulary.SORTS
#   ? sites = ["facebook.com"]     where one signs in, without www, to match a saved password
#   source = "commonly reported, not checked at the platform"
#   help = "Facebook Help Centre"  the name of the platform's own help
#   read_on, review_on = days      review_on at most 183 days later
#   ? checked_by = words           left out until somebody has compared the file with the platform
#   ? export = ["step"]            how to download a copy of the data, in words
#   ? reset_note = words           what is known of updates that put settings back
#
#   [recovery]                     after a hack; each a list of steps in words
#   address = "facebook.com/hacked"   the page to type in by hand; "" is not allowed: say "the site's own sign-in page"
#   regain, sign_out, apps = lists
#   ? forwarding = list            what else to look for: forwarding rules, scheduled posts, other people's access
#
#   [[setting]]                    6 to 14, in the order in which a person meets them
#   id = "posts"                   shared ids, so that other parts find them: two-step, signed-in, recovery, linked-apps
#   title = "Who sees your posts"
#   area = "see"                   an id in checkups/areas.toml: see, find, reach, trace, data, security, after
#   where = ["Settings, then privacy", "Look for who can see your future posts"]
#   exposes = one sentence: what a client could learn or do where it is open (or what goes wrong, for security)
#   options = { public = "Anyone", friends = "Friends", me = "Only me" }    id = title, the most open or weakest first
#   levels = { open = "public", careful = "friends", closed = "friends" }   never more open from one to the next
#   ? floors = { babcp = "me" }    the most open option that a body or pack leaves, by its id. BABCP asks for the
#                                  highest privacy available: the last option, for privacy; "on" for two-step
#   ? on_purpose = true            a page for work may keep this open, so that floors do not reach the level `open`
#   ? cites = ["BABCP-58"]         provisions beyond those of its area; a floor needs one of its own body, here or there
#   undo = one sentence: how to put it back, and what does not come back
#   ? renamed_from = ["old-id"]    ids that it had in earlier editions of this file
#   ? since = 2026-01-01           the day from which the platform had it, where that is known
#   ? archive = { "Private Account: Enabled" = "followers" }   "name: value" as the platform's export has it -> option
#   ? source, help, read_on, review_on, checked_by   where they differ from the platform's

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from forethought.guidance import Provision
from forethought.guidance.vocabulary import Standing

Level = Literal["open", "careful", "closed"]
LEVEL_IDS: tuple[Level, ...] = get_args(Level)  # the most open first


@dataclass(frozen=True, slots=True)
class Area:
    """What a setting is about; `cites` are the provisions that speak of every setting in it."""

    id: str
    title: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing that can be set; `options` maps id to title, the most open or weakest first.

    `levels` holds the option for each level, `floors` the most open option that a body or pack leaves, and
    `on_purpose` says that a page for work may keep it open. `archive` maps `name: value` of an export to an option.
    """

    id: str
    title: str
    area: Area
    where: tuple[str, ...]
    exposes: str
    options: Mapping[str, str]
    levels: Mapping[str, str]
    floors: Mapping[str, str]
    on_purpose: bool
    cites: tuple[str, ...]
    undo: str
    renamed_from: tuple[str, ...]
    since: date | None
    archive: Mapping[str, str]
    source: str
    help: str
    read_on: date
    review_on: date
    checked_by: str

    @property
    def provisions(self) -> tuple[str, ...]:
        """The ids of the provisions that speak of it: those of its area and its own."""
        return (*self.area.cites, *self.cites)

    def rank(self, option: str) -> int | None:
        """Return how private an option is, counted from 0 for the most open; None for one that is not known."""
        return next((rank for rank, each in enumerate(self.options) if each == option), None)


@dataclass(frozen=True, slots=True)
class Recovery:
    """How to get an account back after a hack: the page to type in by hand, and the steps in words."""

    address: str
    regain: tuple[str, ...]
    sign_out: tuple[str, ...]
    apps: tuple[str, ...]
    forwarding: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A platform's check-up as read on a day; `settings` by id, in the order in which a person meets them."""

    id: str
    title: str
    sort: str
    sites: tuple[str, ...]
    source: str
    help: str
    read_on: date
    review_on: date
    checked_by: str
    export: tuple[str, ...]
    reset_note: str
    recovery: Recovery
    settings: Mapping[str, Setting]

    @property
    def names(self) -> Mapping[str, str]:
        """Today's id of each setting by each id that it had before."""
        return {old: each.id for each in self.settings.values() for old in each.renamed_from}


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one active pack stands on a setting: how strongly, the option that it leaves at most, and what it says.

    `floor` is empty where it names none for this level.
    """

    pack: str
    body: str
    standing: Standing
    floor: str
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """The option that is recommended, why in a sentence, and who says so.

    `raised_by` are the packs that ask for more than the level does, and `set_aside` those whose floor does not reach a
    page that is open on purpose: the reason for that is worth noting.
    """

    setting: Setting
    level: Level
    option: str
    why: str
    raised_by: tuple[str, ...]
    set_aside: tuple[str, ...]
    stands: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A setting whose option is another than before; `wider` is None where that cannot be told."""

    id: str
    title: str
    before: str
    after: str
    wider: bool | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What two reviews of one platform differ in: by the platform (`reset`) or by the person (`changed`).

    `added` and `removed` are ids of settings, `renamed` pairs of the earlier and today's id.
    """

    reset: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        """Whether anything differs at all."""
        return any((self.reset, self.changed, self.added, self.removed, self.renamed))
