"""Words in pictures: read exactly where they stand upright, closely where they slant, and placed where they are."""

import logging
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from makers.pictures import camera_notes, saved
from makers.scenes import SCENES, Scene, chat, letter, plain
from PIL import Image, ImageDraw, ImageFont

from forethought.errors import MissingExtraError
from forethought.media.seeing import words
from forethought.media.seeing.regions import Box
from forethought.media.seeing.sight import see
from forethought.media.seeing.words import Line, in_reading_order, words_in

HINT = "the words in pictures are read by an optional part: pip install 'forethought[pictures]'"


@pytest.fixture
def _reader() -> None:
    """Skip a test where the part that reads is not installed."""
    pytest.importorskip("rapidocr", reason=HINT)


reading = pytest.mark.usefixtures("_reader")


def closely(scene: Scene, read: list[str]) -> int:
    """Return how many lines of a scene are read with at most every tenth letter wrong."""
    return sum(any(SequenceMatcher(None, line, said).ratio() >= 0.9 for said in read) for line in scene.lines)


@reading
class TestRead:
    @pytest.mark.parametrize("name", SCENES)
    def test_scenes(self, name: str) -> None:
        """Every line of a chat, a letter, a whiteboard, a badge, a label and a car is read, nearly all exactly."""
        scene = SCENES[name](0.6)
        read = [line.text for line in words_in(saved(scene.image, "JPEG", quality=85)).lines]
        assert len(scene.lines) == closely(scene, read)
        assert len(set(scene.lines) - set(read)) <= 1

    def test_where_they_stand(self) -> None:
        """A line's box holds its ink, and little else."""
        image = Image.new("RGB", (900, 400), "white")
        ImageDraw.Draw(image).text((300, 200), "Dear Kestrel", "black", ImageFont.load_default(40))
        (line,) = words_in(saved(image, "PNG")).lines
        ink = Box(*Image.eval(image.convert("L"), lambda level: 255 - level).getbbox())
        assert "Dear Kestrel" == line.text
        assert all(abs(one - other) <= 14 for one, other in zip(ink.edges, line.box.edges, strict=True))
        assert line.sure > 0.9

    @pytest.mark.parametrize("turned", [3, 6, 8])
    def test_turned_pictures(self, turned: int) -> None:
        """Words in a picture that is to be turned are read as a person reads them."""
        scene = letter(0.5)
        data = saved(
            scene.image.rotate({3: 180, 6: 90, 8: 270}[turned], expand=True), "JPEG", exif=camera_notes(turned)
        )
        read = words_in(data)
        assert "Dear Mr Kestrel," in read.text.splitlines()
        assert max(line.box.bottom for line in read.lines) <= scene.image.height

    def test_large_pictures(self) -> None:
        """A photograph of twelve million pixels is read, and its lines are placed in its own pixels."""
        scene = letter(1.0)
        large = Image.new("RGB", (3_000, 4_000), "grey")
        large.paste(scene.image.resize((2_480, 3_508)), (260, 246))
        read = {line.text: line for line in words_in(saved(large, "JPEG")).lines}
        assert closely(scene, list(read)) == len(scene.lines)
        assert abs(read["Dear Mr Kestrel,"].box.left - (260 + 220)) < 30

    def test_nothing_to_read(self) -> None:
        """In a landscape and in a picture of one pixel nothing is read."""
        assert () == words_in(saved(plain(), "PNG")).lines
        assert () == words_in(saved(Image.new("RGB", (1, 1)), "PNG")).lines

    def test_the_first_frame(self) -> None:
        """Of a moving picture the first frame is read, and this is said."""
        frames = [chat(0.4).image, Image.new("RGB", (432, 768))]
        read = words_in(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
        assert ("Only the first of its 2 frames was looked at.",) == read.remarks
        assert "Sam Kestrel" in read.text

    def test_nothing_is_written_or_said(self, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """Reading logs nothing and prints nothing, least of all the words."""
        heard: list[str] = []
        handler = logging.Handler(logging.DEBUG)
        handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
        for name in (None, "RapidOCR"):
            logging.getLogger(name).addHandler(handler)
        words_in(saved(chat(0.4).image, "PNG"))
        for name in (None, "RapidOCR"):
            logging.getLogger(name).removeHandler(handler)
        assert ([], ("", "")) == (heard, tuple(capfd.readouterr()))

    def test_it_is_loaded_once(self) -> None:
        """The reader is loaded once a process."""
        assert words._reader() is words._reader()

    def test_its_own_networks(self) -> None:
        """Every network lies in the package, so that none is fetched."""
        paths = [Path(words._reader().cfg[part].model_path) for part in words.NETWORKS]
        assert all(path.is_file() for path in paths)


class TestOrder:
    def test_rows_from_the_left(self) -> None:
        """Lines beside each other are read from the left, rows from the top, though one stands a little higher."""
        placed = {"a": (10, 12), "b": (200, 8), "c": (10, 60), "d": (200, 66)}
        lines = [Line(name, Box(x, y, x + 100, y + 30), 1) for name, (x, y) in placed.items()]
        assert ["a", "b", "c", "d"] == [line.text for line in in_reading_order(lines[::-1])]

    def test_slanting_lines_keep_their_order(self) -> None:
        """Lines below each other that overlap because they slant stay below each other."""
        lines = [Line(str(n), Box(10 - n, n * 20, 300, n * 20 + 44), 1) for n in range(5)]
        assert ["0", "1", "2", "3", "4"] == [line.text for line in in_reading_order(lines)]


class TestWithout:
    @pytest.fixture(autouse=True)
    def _not_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing(name: str) -> None:
            raise ImportError(name)

        monkeypatch.setattr(words, "import_module", missing)
        words._reader.cache_clear()
        monkeypatch.setattr(words, "_reader", words._reader.__wrapped__)

    def test_it_says_what_to_install(self) -> None:
        """Where the part is not installed, the message says how to install it."""
        with pytest.raises(MissingExtraError, match=r"pip install 'forethought\[pictures\]'"):
            words_in(saved(plain(), "PNG"))

    def test_all_else_is_told(self) -> None:
        """Without the part a picture is looked at all the same, and it is said that its words were not read."""
        sight = see(saved(plain(), "PNG"))
        assert "pip install 'forethought[pictures]'" in sight.unread
        assert sight.unread in sight.sentences
