"""Handles, addresses and numbers brought to one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.clients.addresses import email, handle, local_handle, phone


@pytest.mark.parametrize(
    ("typed", "read"),
    [("@siobhan.kelly92", "siobhankelly"), ("Siobhan_Kelly", "siobhankelly"), ("@k9", "k9"), ("@", ""), ("", "")],
    ids=["digits", "underscore", "short", "sign", "nothing"],
)
def test_a_handle_is_its_letters(typed: str, read: str) -> None:
    """Signs and digits of a handle do not matter, unless there is little else."""
    assert read == handle(typed)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Mo.Ali+news@Gmail.com", "moali@gmail.com"), ("mo@googlemail.com", "mo@gmail.com"), ("mo@home", ""),
        ("mo.example", ""), ("@home.example", ""), (" mo@home.example ", "mo@home.example"), ("", ""),
    ],
    ids=["tag", "googlemail", "no-dot", "no-at", "no-local", "spaces", "nothing"],
)  # fmt: skip
def test_an_address_in_one_form(typed: str, read: str) -> None:
    """Case, dots and tags of an address do not matter; what is no address gives nothing."""
    assert read == email(typed)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("siobhan.kelly@x.example", "siobhankelly"),
        ("info@x.example", ""),
        ("siobhan@x.example", ""),
        ("sk1@x.example", ""),
        ("nothing", ""),
    ],
    ids=["name", "role", "first-name", "short", "none"],
)
def test_what_stands_before_the_at(typed: str, read: str) -> None:
    """What stands before the @ is a handle only where it could tell one person from another."""
    assert read == local_handle(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "07700 900123",
        "+44 7700 900123",
        "0044 7700 900 123",
        "+44 (0)7700 900123",
        "(07700) 900-123",
        "07700\u2011900123",
    ],
    ids=["national", "plus", "noughts", "both", "brackets", "dashes"],
)
def test_a_number_in_one_form(typed: str) -> None:
    """However a number is written, its last ten digits are the same."""
    assert "7700900123" == phone(typed)


@pytest.mark.parametrize("typed", ["", "999", "0770090012x", "1" * 16, "ring me"])
def test_what_is_no_number(typed: str) -> None:
    """Too few digits, too many, or anything else among them is no number."""
    assert "" == phone(typed)


@given(st.text(max_size=60))
def test_nothing_that_is_typed_fails(typed: str) -> None:
    """Whatever is typed is read or left; what was read is read alike once more."""
    for read in (handle, email, phone):
        assert read(read(typed)) == read(typed)
    assert isinstance(local_handle(typed), str)
