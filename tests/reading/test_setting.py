"""The setting in words: what decides is said, what does not is left out."""

from forethought.reading import Context
from forethought.reading.setting import LONGEST_REPLY, setting


def test_who_writes_to_whom_is_said() -> None:
    """The role, the account and the audience are said in words that a reader of English knows."""
    assert "cbt therapist personal direct message" == setting(
        Context(role="cbt-therapist", account="personal", audience="direct-message")
    )


def test_a_group_is_as_public_as_the_street() -> None:
    """A closed group and a list of followers are told as public, so that neither ever makes anything milder."""
    told = {setting(Context(audience=audience)) for audience in ("public", "followers", "closed-group")}  # type: ignore[arg-type]
    assert {"counsellor professional public"} == told


def test_the_platform_is_left_out() -> None:
    """Where a post goes makes no difference."""
    assert setting(Context(platform="linkedin")) == setting(Context(platform="tiktok"))


def test_what_is_answered_is_said_as_far_as_it_tells() -> None:
    """A reply brings the opening of what it answers, however long that is."""
    assert setting(Context(reply_to="y" * 5_000)).endswith(": " + "y" * LONGEST_REPLY)
