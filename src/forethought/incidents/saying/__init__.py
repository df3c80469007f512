"""What a file that is kept as evidence is, by its content, and what it says of itself."""

from forethought.incidents.saying.model import FURTHER, PLACES, Said
from forethought.incidents.saying.reading import Reader, of

__all__ = ["FURTHER", "PLACES", "Reader", "Said", "of"]
