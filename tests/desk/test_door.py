"""The door: each link lets one browser in once, cookies cannot be guessed, and an empty desk locks its vault."""

from pathlib import Path

import pytest

from forethought.desk.door import Door
from forethought.vault import Vault


@pytest.fixture
def door(tmp_path: Path) -> Door:
    """A door whose clock stands still until it is set."""
    return Door(Vault(tmp_path), 4321, idle=60, clock=lambda: now[0])


now = [0.0]


def test_a_link_works_once(door: Door) -> None:
    """The first browser with the link gets a cookie, and the second is turned away."""
    link = door.new_link()
    cookie = door.admit(link)
    assert cookie
    assert door.visitor(cookie)
    assert door.admit(link) is None


@pytest.mark.parametrize("guess", ["", "x", "\ud800", "0" * 10_000])
def test_nobody_comes_in_by_guessing(door: Door, guess: str) -> None:
    """No token and no cookie but those given out open anything."""
    door.admit(door.new_link())
    assert door.admit(guess) is None
    assert door.visitor(guess) is None


def test_secrets_are_not_kept(door: Door) -> None:
    """What the door remembers gives neither a link nor a cookie away."""
    link = door.new_link()
    cookie = door.admit(door.new_link())
    assert link not in repr(door)
    assert str(cookie) not in repr(door)


def test_an_empty_desk_locks(door: Door) -> None:
    """The vault locks once nobody has been there for the time set, and not a moment before."""
    now[0] = 1_000.0
    door.vault.create("teapot lantern gravel moth")
    door.touch()
    now[0] += 59
    door.lock_if_idle()
    assert door.vault.is_open
    now[0] += 1
    door.lock_if_idle()
    assert not door.vault.is_open


def test_the_cookie_names_its_port(door: Door) -> None:
    """Two desks on one computer do not take each other's cookie."""
    assert "forethought-4321" == door.cookie
