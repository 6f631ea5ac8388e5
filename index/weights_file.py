"""The file that ONNX Runtime maps a network's weights from, instead of copying them.

It is an array as NumPy writes it. `minilm.onnx` says where in the file each parameter stands.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

WEIGHTS_FILE = "weights.npy"
HEADER = 128  # bytes before the numbers: numpy.lib.format, for an array of one dimension
ALIGNED = 16  # numbers, or 64 bytes: what the widest registers of a processor read at once
NUMBER = 4  # bytes

Tensor = NDArray[np.float32]


def starts(sizes: Mapping[str, int]) -> dict[str, int]:
    """At which number each parameter starts, by its name. `sizes` are the numbers that each has."""
    found, at = {}, 0
    for name in sorted(sizes):
        found[name] = at
        at += -(-sizes[name] // ALIGNED) * ALIGNED
    return found


def one_array(parameters: Iterable[tuple[str, Tensor]]) -> Tensor:
    """All parameters as the file holds them, shape (numbers,)."""
    tensors = dict(parameters)
    sizes = {name: tensor.size for name, tensor in tensors.items()}
    places = starts(sizes)
    numbers = np.zeros(max(places[name] + sizes[name] for name in sizes), dtype=np.float32)
    for name, at in places.items():
        numbers[at : at + sizes[name]] = tensors[name].ravel()
    return numbers
