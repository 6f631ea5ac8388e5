"""Writes `minilm.onnx`, the graph of MiniLM without its weights: `python -m index.onnx_graph`.

Needed again only if the packaged model changes; what it needs stands in requirements-dev.txt.
"""

import math
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnx.external_data_helper import set_external_data
from torch.nn import functional

from index.model_files import PACKAGED, model_files
from index.onnx_minilm import GRAPH
from index.sentence_transformer import SentenceTransformerEncoder
from index.weights_file import HEADER, NUMBER, WEIGHTS_FILE, starts

OPSET = 17  # the newest that PyTorch's exporter by tracing writes as one node for each layer norm
PARAMETERS = "network."


class _Pooled(torch.nn.Module):
    """Tokens to vectors of length 1: the network, the mean over its tokens, the length."""

    def __init__(self, network: torch.nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Shape (n, tokens) twice to shape (n, d)."""
        read = self.network(input_ids=input_ids, attention_mask=attention_mask)
        shown = attention_mask.unsqueeze(-1).float()
        means = (read.last_hidden_state * shown).sum(1) / shown.sum(1)
        return functional.normalize(means, dim=1)


def graph() -> bytes:
    """The graph as ONNX Runtime reads it, each parameter named as in the weights."""
    network = SentenceTransformerEncoder(model_files(PACKAGED)).network[0].get_submodule("model")
    network.set_attn_implementation("eager")  # type: ignore[operator] # the others do not trace
    tokens = torch.ones(2, 9, dtype=torch.long)
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        written = Path(folder) / GRAPH.name
        # The exporter by tracing is the older one; the newer one needs another package.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Pooled(network),
            (tokens, tokens),
            written,
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={
                "input_ids": {0: "texts", 1: "tokens"},
                "attention_mask": {0: "texts", 1: "tokens"},
                "vectors": {0: "texts"},
            },
            opset_version=OPSET,
            dynamo=False,
            do_constant_folding=False,  # it would rename the parameters
        )
        return bytes(_without_weights(onnx.load(written)).SerializeToString())


def _without_weights(model: onnx.ModelProto) -> onnx.ModelProto:
    parameters = [each for each in model.graph.initializer if each.name.startswith(PARAMETERS)]
    names = {each.name: each.name.removeprefix(PARAMETERS) for each in parameters}
    sizes = {names[each.name]: math.prod(each.dims) for each in parameters}
    places = starts(sizes)
    for parameter in parameters:
        name = parameter.name = names[parameter.name]
        offset = HEADER + NUMBER * places[name]
        set_external_data(parameter, WEIGHTS_FILE, offset, NUMBER * sizes[name])
        parameter.ClearField("raw_data")
    for node in model.graph.node:
        node.input[:] = [names.get(name, name) for name in node.input]
    return model


if __name__ == "__main__":
    GRAPH.write_bytes(graph())
