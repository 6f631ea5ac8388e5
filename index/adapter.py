"""What adaptation changed in an encoder's weights, as matrices of low rank.

The changes of MiniLM's 36 layer matrices, cut to rank 64, are 5 MB where the weights are 91 MB.
"""

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

RANK = 64
UP, DOWN, SHIFT = ".up", ".down", ".shift"

State = Mapping[str, torch.Tensor]


def difference(before: State, after: State) -> dict[str, torch.Tensor]:
    """The change of each tensor, in half precision: matrices as up @ down, vectors whole."""
    changes: dict[str, torch.Tensor] = {}
    for name, old in before.items():
        change = (after[name] - old).float()
        if change.ndim == 2 and change.any():
            left, strengths, right = torch.linalg.svd(change, full_matrices=False)
            changes[name + UP] = (left[:, :RANK] * strengths[:RANK]).half().contiguous()
            changes[name + DOWN] = right[:RANK].half().contiguous()
        elif change.any():
            changes[name + SHIFT] = change.half()
    return changes


def write(path: Path, changes: State, weights: str) -> None:
    """`weights` is the SHA-256 of the weights that the changes are to be added to."""
    save_file(dict(changes), path, metadata={"weights": weights})


def add_to(model: torch.nn.Module, path: Path, strength: float) -> None:
    """Add `strength` (0 to 1) times the changes to the model's parameters of the same names."""
    changes = load_file(path)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name + UP in changes:
                whole = changes[name + UP].float() @ changes[name + DOWN].float()
                parameter.add_(whole, alpha=strength)
            elif name + SHIFT in changes:
                parameter.add_(changes[name + SHIFT].float(), alpha=strength)
