"""Grafting what tells of the same person: two more answers, and every other answer bit by bit what it was."""

import json
import shutil
from collections.abc import Sequence
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from forethought.reading import Context, Draft, Learned, read
from forethought.reading.learned import FOLDER, Reader, load, reader, told

for needed in ("torch", "onnx"):
    pytest.importorskip(needed)


KIN = import_module("kin")
POST = "My Tuesday client, a weaver from Hawick, brought her loom shuttle in and wept about her son."
TEXTS = (POST, "Bread again.", f"{POST} " * 12, "😡")
USUAL = 5  # answers of the encoder before anything was grafted


def answers(folder: Path, text: str) -> Sequence[np.ndarray]:
    """Return every answer of the encoder in a folder to a text's first stretch."""
    known = load(folder)
    stretch = next(told(text, Context(), known.vocabulary, known.longest))
    row, parts = (np.array([numbers], np.int64) for numbers in (stretch.ids, stretch.parts))
    answered: Sequence[np.ndarray] = known.session.run(None, {"ids": row, "parts": parts})
    return answered


def signed(folder: Path) -> None:
    """Write the checksum of a changed encoder into its card."""
    card = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    card["sha256"]["encoder.onnx"] = sha256((folder / "encoder.onnx").read_bytes()).hexdigest()
    (folder / "reader.json").write_text(json.dumps(card), encoding="utf-8")


@pytest.fixture
def grafted(tmp_path: Path) -> Path:
    """A copy of the reader's files onto which another head was grafted."""
    folder = Path(shutil.copytree(FOLDER, tmp_path / "grafted"))
    draw = np.random.default_rng(1)
    size = KIN.WIDTH * len(KIN.LAYERS), KIN.DIRECTION + 3
    KIN.graft(folder / "encoder.onnx", draw.normal(size=size).astype(np.float32), np.zeros(size[1], np.float32))
    signed(folder)
    return folder


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A copy of the reader's files without a head, as `make train` leaves them."""
    import onnx

    folder = Path(shutil.copytree(FOLDER, tmp_path / "bare"))
    model = onnx.load(folder / "encoder.onnx")
    for held in (model.graph.node, model.graph.initializer, model.graph.output):
        kept = [each for each in held if not each.name.startswith(KIN.HEAD) and each.name not in ("kin", "about")]
        del held[:]
        held.extend(kept)
    onnx.save(model, folder / "encoder.onnx")
    signed(folder)
    return folder


def understood(text: str, encoder: Reader | None) -> Learned:
    """Return what an encoder makes of a text."""
    learned = read(Draft(text), encoder).learned
    assert learned is not None
    return learned


@pytest.mark.parametrize("text", TEXTS, ids=["post", "short", "long", "emoji"])
def test_every_other_answer_stays(text: str, grafted: Path, bare: Path) -> None:
    """With no head, with the one that ships and with another, every other answer is the same to the last bit."""
    ships, other, none = (answers(folder, text) for folder in (FOLDER, grafted, bare))
    assert (USUAL + 2, USUAL + 2, USUAL) == (len(ships), len(other), len(none))
    for one, two, three in zip(ships[:USUAL], other[:USUAL], none, strict=True):
        assert one.tobytes() == two.tobytes() == three.tobytes()
    assert ships[USUAL].tobytes() != other[USUAL].tobytes()


def test_a_head_takes_the_place_of_the_one_before(grafted: Path, tmp_path: Path) -> None:
    """Grafting what is grafted changes nothing, and never leaves two heads."""
    import onnx
    from onnx import numpy_helper

    path = grafted / "encoder.onnx"
    before, held = path.read_bytes(), {each.name: each for each in onnx.load(path).graph.initializer}
    KIN.graft(path, *(numpy_helper.to_array(held[KIN.HEAD + name]) for name in ("weight", "bias")))
    assert len(before) == path.stat().st_size
    assert 1 == [each.name for each in onnx.load(path).graph.output].count("kin")


def test_without_a_head(bare: Path) -> None:
    """A reader that was taught no directions reads as before, and points nowhere."""
    shipped, without = understood(POST, reader()), understood(POST, load(bare))
    assert (b"", 0.0) == (without.kin, without.about)
    assert (shipped.concerns, shipped.severity, shipped.mentions) == (
        without.concerns, without.severity, without.mentions,
    )  # fmt: skip


def test_the_head_in_the_file_is_the_one_that_was_taught(grafted: Path, tmp_path: Path) -> None:
    """What the file answers is what the head gives that was trained, on the same states."""
    import torch

    torch.manual_seed(2)
    size = KIN.WIDTH * len(KIN.LAYERS)
    head = KIN.Head(np.full(size, 0.1, np.float32), np.full(size, 0.7, np.float32)).eval()
    torch.nn.init.normal_(head.look.weight)
    KIN.graft(grafted / "encoder.onnx", *head.folded())
    signed(grafted)
    record = {"text": POST, "person": "a", "kind": "person"} | {
        name: getattr(Context(), name) for name in ("role", "account", "platform")
    }
    posts = KIN.read_cast([record], KIN.looking_inside(grafted / "encoder.onnx"))
    with torch.no_grad():
        direction, odds = head(*KIN.padded(posts))
    *_, kin, about = answers(grafted, POST)
    assert np.allclose(direction.numpy(), kin, atol=1e-4)
    assert np.allclose(torch.sigmoid(odds).numpy(), about[0], atol=1e-4)
