"""What is to be covered: faces and words that are looked for, stretches that are named; no copy where it cannot be."""

from pathlib import Path

import pytest
from makers import scenes, word
from PIL import Image

from forethought.documents import Paragraph
from forethought.media.apart import Apart
from forethought.media.cleaning import Cleaned, Seen
from forethought.media.format import Wishes
from forethought.media.seeing.regions import Box
from forethought.media.seeing.sight import Sight
from forethought.media.seeing.words import Words
from forethought.media.telling import to_be_seen
from forethought.media.wished import NoStretchError, Wished

BLACK = (0, 0, 0)


def wished(*cover: str, see: bool = False) -> Wished:
    """Return a wish as it is typed."""
    return Wished.of(Wishes(), see, cover)


@pytest.fixture
def portrait(tmp_path: Path) -> Path:
    """A picture with a face in its middle."""
    scenes.portraits((300, 180)).save(tmp_path / "a.png")
    return tmp_path / "a.png"


class TestTyped:
    def test_a_stretch(self) -> None:
        """Left, top, width and height make a stretch."""
        assert (Box(40, 60, 240, 140),) == wished("40, 60,200,80").wishes.cover

    @pytest.mark.parametrize("given", ["nose", "1,2,3", "1,2,3,-4", "1,2,3,4,5", "a,b,c,d", "", "9999999,1,1,1"])
    def test_what_is_none(self, given: str) -> None:
        """Anything else is refused, with what can be named."""
        with pytest.raises(NoStretchError, match="Name faces or words"):
            wished(given)


class TestDone:
    def test_a_face(self, portrait: Path, tmp_path: Path) -> None:
        """A face that is found is black in the copy, and nothing else is."""
        with Apart() as apart:
            done = wished("faces").done(apart, portrait, tmp_path / "out")
        assert isinstance(done, Cleaned)
        assert done.seen.sight
        face, size = done.seen.sight.faces[0], done.seen.sight.size
        box = face.head(size)
        assert box.left < face.box.left
        assert box.bottom > face.box.bottom
        assert done.copy
        with Image.open(done.copy) as copy, Image.open(portrait) as before:
            assert ((0, 0),) * 3 == copy.convert("RGB").crop(box.edges).getextrema()
            assert before.convert("RGB").getpixel((5, 5)) == copy.convert("RGB").getpixel((5, 5))

    def test_a_named_stretch(self, portrait: Path, tmp_path: Path) -> None:
        """A named stretch is covered without a look into the picture; one beyond the picture gives no copy."""
        with Apart() as apart:
            done = wished("10,10,30,20").done(apart, portrait, tmp_path / "out")
            beyond = wished("10,10,30,2000").done(apart, portrait, tmp_path / "out")
        assert isinstance(done, Cleaned)
        assert isinstance(beyond, Cleaned)
        assert done.copy
        with Image.open(done.copy) as copy:
            assert BLACK == copy.convert("RGB").getpixel((20, 20))
        assert (None, None) == (done.seen.sight, beyond.copy)
        assert "beyond the picture" in beyond.why

    def test_faces_that_cannot_be_looked_for(self, tmp_path: Path) -> None:
        """Where faces were to be covered and cannot be looked for there is no copy, with the reason."""
        (tmp_path / "a.docx").write_bytes(word.word())
        with Apart() as apart:
            done = wished("faces").done(apart, tmp_path / "a.docx", tmp_path / "out")
        assert isinstance(done, Cleaned)
        assert not done.is_clean
        assert "cannot be looked for" in done.why
        assert not (tmp_path / "out").exists()

    def test_words_that_cannot_be_read(self, portrait: Path, tmp_path: Path) -> None:
        """Where words were to be covered and what reads them is not there, there is no copy."""
        missing = Sight((800, 600), Words(()), (), (), "the part that reads is not installed.")
        with Apart() as apart:
            apart.see = lambda path: missing  # type: ignore[method-assign]
            done = wished("words").done(apart, portrait, tmp_path / "out")
        assert isinstance(done, Cleaned)
        assert (None, True) == (done.copy, "not installed" in done.why)

    def test_more_frames_than_were_looked_at(self, tmp_path: Path) -> None:
        """Where only the first frame was looked at, faces in the others may be uncovered, so there is no copy."""
        frames = [scenes.portraits(), scenes.portraits((300, 180))]
        frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:], duration=100)
        with Apart() as apart:
            done = wished("faces").done(apart, tmp_path / "a.gif", tmp_path / "out")
        assert isinstance(done, Cleaned)
        assert (None, True) == (done.copy, "first of its 2 frames" in done.why)

    def test_why_it_was_not_looked_into(self, tmp_path: Path) -> None:
        """A look that could not be had says why, and never says nothing."""
        (tmp_path / "a.docx").write_bytes(word.word())
        with Apart() as apart:
            seen = wished(see=True).done(apart, tmp_path / "a.docx", None)
        assert isinstance(seen, Seen)
        assert [Paragraph("It was not looked into for words and faces: only pictures can be looked into.")] == list(
            to_be_seen(seen)
        )

    def test_only_a_look(self, portrait: Path, tmp_path: Path) -> None:
        """A look says what is to be seen where that is asked for, and nothing of it where it is not."""
        with Apart() as apart:
            seen, plain = (wished(see=see).done(apart, portrait, None) for see in (True, False))
        assert isinstance(seen, Seen)
        assert isinstance(plain, Seen)
        assert seen.sight
        assert 1 == len(seen.sight.faces)
        assert plain.sight is None
