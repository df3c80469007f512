"""The trained network as one small file, its weights in eight bits: written out as ONNX, and read back from it."""

import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from encoder import Reader
from onnx import numpy_helper
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


def read_network(source: Path) -> dict[str, Tensor]:
    """Return the numbers of a network that `write_network` wrote, by the names that `Reader` gives them.

    They are those that were written, rounded to eight bits.
    """
    graph = onnx.load(source).graph
    stored = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    named = {name: name for name in stored if name.startswith("reader.")}
    named |= {
        node.input[1]: node.name.strip("/").replace("/MatMul_quant", ".weight").replace("/", ".")
        for node in graph.node
        if node.op_type == "MatMulInteger" and not node.input[1].startswith("reader.")
    }
    return {
        name.removeprefix("reader.").removesuffix("_quantized"): torch.tensor(_whole(stored, key))
        for key, name in named.items()
        if not name.endswith(("_scale", "_zero_point"))
    }


def _whole(stored: dict[str, np.ndarray], key: str) -> np.ndarray:
    """Return stored numbers as they were before rounding, the weights of a layer the way round that it keeps them."""
    if not key.endswith("_quantized"):
        return stored[key]
    bare = key.removesuffix("_quantized")
    whole = (stored[key].astype(np.float32) - stored[f"{bare}_zero_point"]) * stored[f"{bare}_scale"]
    return whole if "embeddings" in bare else whole.T.copy()
