"""All that was found to be seen in a picture: its words, faces and signs, and what to do about them, in sentences."""

from dataclasses import dataclass
from pathlib import Path

from forethought.errors import MissingExtraError, sentence
from forethought.media.seeing import faces
from forethought.media.seeing.faces import Face, faces_in
from forethought.media.seeing.signs import Sign, signs_in
from forethought.media.seeing.upright import CannotSeeError, upright
from forethought.media.seeing.words import Words, unseen, words_in

READ = "Words can be read in it ({}). If they tell of somebody, cover them or crop the picture."
NOTHING_READ = "No words were read in it, but small, slanting or handwritten ones are easily missed."
LOOK = "Look yourself, too: no program finds all that a picture shows, such as uniforms, reflections and places."


@dataclass(frozen=True, slots=True)
class Sight:
    """What was found in a picture of this size; `unread` says why its words were not read, where they were not."""

    size: tuple[int, int]
    words: Words
    faces: tuple[Face, ...]
    signs: tuple[Sign, ...]
    unread: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was found, in sentences, and how sure each is; it never says that there is nothing else."""
        return (*map(str, self.signs), faces.told(self.faces), self._words, *self.words.remarks, LOOK)

    @property
    def _words(self) -> str:
        if self.unread:
            return self.unread
        count = len(self.words.lines)
        return READ.format(f"{count} line{'s' if count > 1 else ''}") if count else NOTHING_READ


def see(source: Path | bytes) -> Sight:
    """Return what can be found in a picture. Raises CannotSeeError; without the part that reads, words are left out."""
    picture = upright(source)
    found = faces_in(picture)
    try:
        words = words_in(picture)
    except (MissingExtraError, CannotSeeError) as error:
        return Sight(picture.size, Words((), unseen(picture)), found, (), sentence(error))
    return Sight(picture.size, words, found, signs_in(words.lines, picture.size))
