"""Invented people of many cultures, and what knows them without hashing, as the measured forms do."""

from collections.abc import Mapping

from forethought.clients.names import Person, forms, parted
from forethought.clients.recognise import Known, Recogniser

NAMES = (
    "Siobhan Kelly", "William Ashworth", "Mohammed Rahman", "Elizabeth Pemberton", "Katarzyna Nowak",
    "Oluwaseun Adeyemi",
    "Harpreet Sandhu", "Rhiannon Prosser", "Alasdair Mackinnon", "Xiaoming Zheng", "Fatima Siddiqui", "Deepak Chaudhry",
    "Konstantinos Papadakis", "Mehmet Yildiz", "Nguyet Pham", "Margaret Thistlewood", "Christopher Underhill",
    "Ifeoma Nwosu", "Krzysztof Zielinski", "Anthony Featherstone", "Zainab Hussaini", "Padraig Gallagher",
    "Victoria Summerfield", "Robert Hollingsworth",
)  # fmt: skip
GIVEN = ("Leonie", "Tristan", "Beatriz", "Gareth", "Philippa", "Marcus", "Ayesha", "Tomasz", "Wendy", "Rufus")
SURNAMES = ("Abernathy", "Bancroft", "Chowdhury", "Dunmore", "Eastwood", "Farooqi", "Goldberg", "Hathersage", "Ivanova")


def identity(key: bytes, form: str) -> bytes:
    """Stand in for the slow hash where hashing is not what is tested."""
    return key + form.encode()


def kept(people: Mapping[str, Person]) -> dict[bytes, list[Known]]:
    """Return the forms of people as they would be kept, not hashed."""
    found: dict[bytes, list[Known]] = {}
    for reference, person in people.items():
        for form in forms(person):
            found.setdefault(identity(b"", form.whole), []).append(Known(reference, form.kind))
    return found


def knows(*names: str) -> Recogniser:
    """Return what knows people of these names, each by the name as reference."""
    return Recogniser(kept({name: parted(name) for name in names}), b"", hashing=identity)
