"""The shipped network read back for more training: the same numbers, so that training goes on from what is shipped."""

import json
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

for needed in ("torch", "transformers", "onnx"):
    pytest.importorskip(needed)

ENCODER = Path(__file__).parents[2] / "src/forethought/reading/encoder"


def test_it_answers_as_the_shipped_one_does() -> None:
    """A reader given the shipped numbers says the same of a post as the shipped network, rounding aside."""
    import torch
    from transformers import BertConfig, BertModel

    from forethought.reading import Context
    from forethought.reading.learned import reader, told

    shipped = reader()
    assert shipped is not None
    numbers = import_module("quantize").read_network(ENCODER / "encoder.onnx")
    card = json.loads((ENCODER / "reader.json").read_text(encoding="utf-8"))
    config = BertConfig(
        vocab_size=len(shipped.vocabulary.ids), hidden_size=384, num_hidden_layers=6, num_attention_heads=12,
        intermediate_size=1536, attn_implementation="eager",
    )  # fmt: skip
    module = import_module("encoder")
    sizes = module.Sizes(len(card["rules"]), len(card["kinds"]), len(card["subjects"]))
    again = module.Reader(BertModel(config, add_pooling_layer=False), sizes).eval()
    again.load_state_dict(numbers)
    seen = next(told("My client cried about her divorce today.", Context(), shipped.vocabulary, shipped.longest))
    row, parts = np.array([seen.ids]), np.array([seen.parts])
    expected = shipped.session.run(None, {"ids": row, "parts": parts})[0][0]
    with torch.no_grad():
        given = torch.sigmoid(again(torch.tensor(row), torch.tensor(parts)).rules)[0].numpy()
    assert np.abs(expected - given).max() < 0.1
    assert expected.argmax() == given.argmax()
