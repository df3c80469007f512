"""The timestamp authorities that can be asked: those that are known, and a person's own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from forethought.errors import ForethoughtError
from forethought.guidance.schema import Schema, read, tables

FILE = Path(__file__).with_name("authorities.toml")
SCHEMA = Schema(required={"id": str, "title": str, "address": str, "source": str, "read": date}, optional={"root": str})
ADDRESS = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:\d{1,5})?([/?][!-~]*)?")


class AuthorityError(ForethoughtError):
    """An authority of a person's own that cannot be used as it was given."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Who stamps, at which address; who says so and when that was read.

    `root` is the root certificate that its stamps have to lead to, as PEM; where it is empty, one that this computer
    trusts already has to do.
    """

    id: str
    title: str
    address: str
    source: str
    read: date
    root: str = ""


@cache
def authorities() -> Mapping[str, Authority]:
    """Return the authorities that are known, by id. Raises PackError, naming file and line."""
    found = {}
    for entry in tables(FILE, read(FILE), "authority"):
        entry.check(SCHEMA)
        found[entry.values["id"]] = Authority(**entry.values)
    return found


def own(address: str, pem: str) -> Authority:
    """Return an authority of the person's own: its address, and its root certificate as PEM.

    Certificates between the root and the signer may stand in `pem` too. Raises AuthorityError for what is not an
    address of the web, for text without a certificate, and where none of the certificates is a root.
    """
    address = address.strip()
    if not (told := ADDRESS.fullmatch(address)):
        raise AuthorityError(
            f"'{address}' is not an address that can be asked. Write it out, such as https://example.org/tsr."
        )
    host = told[1]
    return Authority(f"own-{host}", host, address, "added by you", date.today(), _certificates(pem))


def _certificates(pem: str) -> str:
    """Return the certificates of a text alone, so that no key pasted with them is kept."""
    from cryptography import x509  # slow to import
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        found = x509.load_pem_x509_certificates(pem.encode())
        rooted = any(each.subject == each.issuer for each in found)
    except (ValueError, x509.InvalidVersion) as error:
        raise AuthorityError(
            "no certificate was found that can be read. Give the authority's root certificate as a PEM file: it "
            "begins with -----BEGIN CERTIFICATE-----."
        ) from error
    if not rooted:
        raise AuthorityError(
            "none of these certificates is a root: each was issued by another. Add the one that the authority names "
            "as its root."
        )
    return "".join(each.public_bytes(Encoding.PEM).decode() for each in found)
