"""The trained network as one small file: written out as ONNX, its weights in eight bits."""

import tempfile
from pathlib import Path

import torch
from encoder import Reader
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

INPUTS, ANSWERS = ("ids", "parts"), ("rules", "attention", "kinds", "subjects", "verdict")


class Answers(nn.Module):
    """A reader that answers in probabilities."""

    def __init__(self, reader: Reader) -> None:
        """Take the trained reader."""
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, parts: Tensor) -> tuple[Tensor, ...]:
        """Return probabilities, in the order of `ANSWERS`."""
        out = self.reader(ids, parts)
        tags = (out.kinds.softmax(-1), out.subjects.softmax(-1), out.verdict.softmax(-1))
        return (torch.sigmoid(out.rules), out.attention.softmax(-1), *tags)


def write_network(reader: Reader, target: Path) -> None:
    """Write `reader` to `target` as ONNX with eight-bit weights, a scale for each channel.

    Their range is cut to seven bits: older processors would overflow where newer ones do not, and read otherwise.
    """
    ids = torch.randint(4, 999, (1, 24), generator=torch.Generator().manual_seed(0))
    parts = torch.ones_like(ids)
    parts[:, :5] = 0
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        free = {name: {1: "length"} for name in INPUTS}
        torch.onnx.export(
            Answers(reader).eval(), (ids, parts), str(whole), input_names=list(INPUTS), output_names=list(ANSWERS),
            dynamic_axes=free, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
