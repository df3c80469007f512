"""The way in: the vocabulary of a draft's context, and what is said of a name outside it."""

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from forethought.errors import UnknownNameError
from forethought.reading import ACCOUNTS, AUDIENCES, PLATFORMS, ROLES, Context, Draft, Image

KNOWN = [("role", ROLES), ("account", ACCOUNTS), ("audience", AUDIENCES), ("platform", PLATFORMS)]
STRANGE: dict[str, tuple[str, str, str]] = {
    "role, a slip": ("role", "councellor", "Use counsellor"),
    "role, in capitals": ("role", "Trainee", "Use trainee"),
    "role, empty": ("role", "", "cbt-therapist, clinical-psychologist, counsellor"),
    "account, a slip": ("account", "profesional", "Use professional"),
    "account, nothing like it": ("account", "work", "Use organisation, personal, professional or research."),
    "audience, a space": ("audience", "closed group", "Use closed-group"),
    "audience, nothing like it": ("audience", "zzz", "Use closed-group, direct-message, followers or public."),
    "platform, in capitals": ("platform", "Facebook", "Use facebook"),
    "platform, a slip": ("platform", "mastadon", "Use mastodon"),
}


class TestVocabulary:
    @pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in KNOWN for name in names])
    def test_every_known_name(self, kind: str, name: str) -> None:
        """Every name of the public vocabulary is taken as it stands."""
        given: dict[str, Any] = {kind: name}
        assert name == getattr(Context(**given), kind)

    @pytest.mark.parametrize(("kind", "name", "help_given"), STRANGE.values(), ids=STRANGE)
    def test_a_strange_name(self, kind: str, name: str, help_given: str) -> None:
        """A name outside the vocabulary is refused with its kind, itself and the nearest that are known."""
        given: dict[str, Any] = {kind: name}
        with pytest.raises(UnknownNameError) as caught:
            Context(**given)
        assert str(caught.value).startswith(f"{kind} '{name}' is not known. ")
        assert help_given in str(caught.value)

    @pytest.mark.parametrize("names", [ROLES, ACCOUNTS, AUDIENCES, PLATFORMS], ids=[kind for kind, _ in KNOWN])
    def test_no_name_twice(self, names: tuple[str, ...]) -> None:
        """No name stands twice in its list."""
        assert len(names) == len(set(names))


class TestDraft:
    def test_defaults(self) -> None:
        """A draft of which only the words are known goes out publicly from a counsellor's professional account."""
        here = Draft("Hello").context
        assert ("counsellor", "professional", "public") == (here.role, here.account, here.audience)
        assert ("other", None) == (here.platform, here.reply_to)

    def test_no_images(self) -> None:
        """A draft has no images until it is given some, and an image no description until it is given one."""
        assert () == Draft("Hello").images
        assert ("", "") == (Image().name, Image().alt_text)

    def test_words_untouched(self) -> None:
        """The words stay exactly as given, line ends and invisible marks included."""
        text = " A\r\nb\u200d\ufeff "
        assert text == Draft(text).text

    @pytest.mark.parametrize(
        ("thing", "name"),
        [(Context(), "role"), (Draft(""), "text"), (Image(), "name")],
        ids=["context", "draft", "image"],
    )
    def test_frozen(self, thing: object, name: str) -> None:
        """Nothing that was given can be changed on the way."""
        with pytest.raises(FrozenInstanceError):
            setattr(thing, name, "trainee")
