"""All that is seen in a picture together, and the sentences in which it is told."""

from pathlib import Path

import pytest
from makers.pictures import saved
from makers.scenes import SCENES, plain, portraits, wrote

from forethought.media.seeing.covering import covered
from forethought.media.seeing.sight import see

pytest.importorskip("rapidocr", reason="the words in pictures are read by an optional part")


@pytest.mark.parametrize("name", SCENES)
def test_scenes(name: str) -> None:
    """What each scene shows is told."""
    scene = SCENES[name](0.5)
    assert scene.kinds <= {sign.kind for sign in see(saved(scene.image, "JPEG", quality=85)).signs}


def test_words_faces_and_signs_together(tmp_path: Path) -> None:
    """A face, words and what they tell of are told of one file, each with how sure it is."""
    image = portraits((200, 120))
    wrote(image, (420, 300), "Call 01632 960 001", 32)
    path = tmp_path / "picture.png"
    path.write_bytes(saved(image, "PNG"))
    said = see(path).sentences
    assert "There is probably a telephone number in it: a telephone number (“Call 01632 960 001”)." == said[0]
    assert "1 face was found; there may be others." == said[1]
    assert said[2].startswith("Words can be read in it (1 line).")
    assert said[-1].startswith("Look yourself, too")


def test_nothing_found_is_never_nothing_there() -> None:
    """Where nothing was found, it is said that it is easily missed, and the person is asked to look."""
    said = " ".join(see(saved(plain(), "PNG")).sentences)
    assert "easily missed" in said
    assert "Look yourself" in said
    assert "no people" not in said.lower()


def test_what_was_found_can_be_covered() -> None:
    """Once the boxes that were found are covered, neither words nor signs nor faces are found there again."""
    image = portraits((200, 120))
    wrote(image, (420, 300), "Call 01632 960 001", 32)
    data = saved(image, "PNG")
    sight = see(data)
    boxes = [*(line.box for line in sight.words.lines), *(face.box for face in sight.faces)]
    again = see(covered(data, boxes))
    assert ((), (), ()) == (again.words.lines, again.faces, again.signs)
