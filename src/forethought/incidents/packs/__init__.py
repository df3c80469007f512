"""Packs: evidence handed over so that others can check it, with only what each recipient needs.

`choose` says what goes, `Pack` streams the zip file, `seal` encrypts it, and `check_pack` checks one.
"""

from forethought.incidents.packs.building import Pack, build
from forethought.incidents.packs.checking import check_pack
from forethought.incidents.packs.choosing import choose, file_name
from forethought.incidents.packs.errors import ChangedItemError, NotAPackError, NothingToPackError, TooLargeToSealError
from forethought.incidents.packs.model import Case, Going, Held, Kept, Recipient, Selection, StampFile, Told
from forethought.incidents.packs.recipients import recipient, recipients
from forethought.incidents.packs.sealing import seal
from forethought.incidents.packs.verify_pack import Fault, Report

__all__ = [
    "Case", "ChangedItemError", "Fault", "Going", "Held", "Kept", "NotAPackError", "NothingToPackError", "Pack",
    "Recipient", "Report", "Selection", "StampFile", "Told", "TooLargeToSealError", "build", "check_pack", "choose",
    "file_name", "recipient", "recipients", "seal",
]  # fmt: skip
