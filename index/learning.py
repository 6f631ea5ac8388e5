"""Adapting the encoder's weights to the question bank, on request.

The loop is our own rather than sentence-transformers' trainer, which would bring two more
packages for a loss that none of its own covers: a softmax over every sentence, every near miss
of a sentence and every other kind of message at once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from index import adapter
from index.head import SCALE
from index.sentence_transformer import SentenceTransformerEncoder
from index.targets import Weights
from index.typos import add_typos


@dataclass(frozen=True, slots=True)
class Recipe:
    """Chosen by experiment: see benchmarks/README.md."""

    epochs: int = 4
    batch: int = 48
    rate: float = 8e-5
    head_rate: float = 2e-3
    warm_up: float = 0.08
    hasty: float = 0.5  # share of texts learned with slips of the finger
    seed: int = 7


def adapt(
    encoder: SentenceTransformerEncoder,
    texts: Sequence[str],
    targets: Weights,
    recipe: Recipe,
    progress: Callable[[int, int], None],
) -> dict[str, NDArray[np.float16]]:
    """Train the encoder's weights until texts of one class lie together; the changes they took.

    `targets` has shape (texts, classes); `progress` is told the steps done and their number.
    """
    before = tensors(encoder.network)
    _train(encoder, texts, targets, recipe, progress)
    return adapter.difference(before, tensors(encoder.network))


def tensors(network: torch.nn.Module) -> adapter.Tensors:
    return {name: value.numpy().copy() for name, value in network.state_dict().items()}


def _train(
    encoder: SentenceTransformerEncoder,
    texts: Sequence[str],
    targets: Weights,
    recipe: Recipe,
    progress: Callable[[int, int], None],
) -> None:
    chance = Random(recipe.seed)
    torch.manual_seed(recipe.seed)
    prototypes = _starting_prototypes(encoder, texts, targets)
    network = encoder.network.train()
    freeze_embeddings(network)
    wanted = torch.from_numpy(targets)
    trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(
        [
            {"params": trained, "lr": recipe.rate, "weight_decay": 0.01},
            {"params": [prototypes], "lr": recipe.head_rate, "weight_decay": 0.0},
        ]
    )
    steps = recipe.epochs * -(-len(texts) // recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, triangle(steps, recipe.warm_up))
    for step, rows in enumerate(_batches(texts, recipe, chance)):
        batch = [_as_typed(texts[row], recipe, chance) for row in rows]
        optimiser.zero_grad()
        questions = network(network.preprocess(batch))["sentence_embedding"]
        _loss(questions, prototypes, wanted[rows]).backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        schedule.step()
        progress(step + 1, steps)
    network.eval()


def _loss(questions: torch.Tensor, prototypes: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    logits = SCALE * questions @ functional.normalize(prototypes, dim=1).T
    return -(wanted * functional.log_softmax(logits, dim=1)).sum(dim=1).mean()


def freeze_embeddings(network: torch.nn.Module) -> None:
    # The vectors of 30,522 words learn little from 10,000 questions, and would double the adapter.
    for name, parameter in network.named_parameters():
        parameter.requires_grad = ".embeddings." not in name


def _starting_prototypes(
    encoder: SentenceTransformerEncoder, texts: Sequence[str], targets: Weights
) -> torch.nn.Parameter:
    means = targets.T @ encoder.encode(texts)
    start = functional.normalize(torch.from_numpy(means), dim=1)
    return torch.nn.Parameter(start + 0.01 * torch.randn_like(start))


def triangle(steps: int, warm_up: float) -> Callable[[int], float]:
    """The learning rate's course: up over the first `warm_up` share, then down to a fiftieth."""
    return lambda step: min((step + 1) / (warm_up * steps), max(0.02, 1 - step / steps))


def _as_typed(text: str, recipe: Recipe, chance: Random) -> str:
    return add_typos(text, chance) if chance.random() < recipe.hasty else text


def _batches(texts: Sequence[str], recipe: Recipe, chance: Random) -> Iterator[list[int]]:
    """Rows in random order, but those of like length together: padding costs as much as words."""
    for _ in range(recipe.epochs):
        rows = chance.sample(range(len(texts)), len(texts))
        pools = [rows[at : at + recipe.batch * 12] for at in range(0, len(rows), recipe.batch * 12)]
        batches = [
            pool[at : at + recipe.batch]
            for pool in (sorted(pool, key=lambda row: len(texts[row])) for pool in pools)
            for at in range(0, len(pool), recipe.batch)
        ]
        chance.shuffle(batches)
        yield from batches
