"""Every example of every rule file, through the real engine: what it raises, where, and what it leaves alone."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pytest

from forethought.reading import Context, Draft, Image, read
from forethought.reading.draft import PLATFORMS
from forethought.rules import find, load_examples, rules
from forethought.rules.load import HERE

Example = Mapping[str, Any]


class Outcome(NamedTuple):
    """What went otherwise than an example says: rules missed, rules raised beyond it, words left unmarked."""

    missed: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    unmarked: tuple[str, ...] = ()


def draft_of(example: Example) -> Draft:
    """Return the draft that an example describes; a platform outside the list is simply another one."""
    named = {key: example[key] for key in ("role", "account", "audience", "reply_to") if key in example}
    platform = example.get("platform", "other")
    context = Context(**named, platform=platform if platform in PLATFORMS else "other")
    image = Image(alt_text="described" if example.get("alt_text", True) else "")
    return Draft(example["text"], context, (image,) * example.get("images", 0))


def outcome(rule: str, example: Example) -> Outcome:
    """Check one example and return how the findings depart from it."""
    text, marks = example["text"], example.get("marks", ())
    found = {finding.rule.id: finding for finding in find(read(draft_of(example)))}
    wanted = {rule} if "marks" in example else set()
    shown = [text[span.start : span.end] for span in found[rule].spans] if rule in found else []
    return Outcome(
        tuple(sorted(wanted - found.keys())),
        tuple(sorted(found.keys() - wanted - set(example.get("also", ())))),
        tuple(mark for mark in marks if not any(mark in words for words in shown)),
    )


def cases() -> Iterator[Any]:
    """Yield each example with its rule, named in the order of its file; a known fault has to fail."""
    for rule in rules():
        for number, example in enumerate(load_examples(HERE / f"{rule.id}.toml"), start=1):
            kind = "raised" if "marks" in example else "silent"
            known = pytest.mark.xfail(strict=True, raises=AssertionError, reason=example.get("why", ""))
            marks = [known] if "known" in example else []
            yield pytest.param(rule.id, example, id=f"{rule.id}-{number:02}-{kind}", marks=marks)


@pytest.mark.parametrize(("rule", "example"), tuple(cases()))
def test_each_example_is_met(rule: str, example: Example) -> None:
    """An example raises its rule at the marked words, or nothing, and no rule besides those it allows."""
    assert Outcome() == outcome(rule, example)
