"""Training the general encoder: on whole policies, so that it finds the sentence that answers in a
policy that it has never seen, or that none does.

A batch holds questions of one policy. Each is compared with all sentences of that policy, with some
of other policies, and with one learned vector for "none of them". The sentences of others keep
policies apart that are in one index: half of them are those nearest to the questions.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

from index import adapter
from index.learning import freeze_embeddings, tensors, triangle
from index.open_set import BIAS, NONE, SCALE
from index.sentence_transformer import SentenceTransformerEncoder
from index.targets import Weights
from index.typos import add_typos

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

STARTING_SCALE, STARTING_BIAS, MOST_SCALE = 20.0, 8.0, 40.0
NEAREST = 6  # sentences of other policies that are kept for each question


@dataclass(frozen=True, slots=True)
class GeneralRecipe:
    """Chosen by experiment with whole policies held out: see benchmarks/README.md. `nearest` and
    `random` are the numbers of sentences of other policies beside a batch."""

    epochs: int = 3
    batch: int = 33
    rate: float = 1e-4
    none_rate: float = 5e-3
    warm_up: float = 0.08
    hasty: float = 0.4  # share of questions learned with typing mistakes
    nearest: int = 30
    random: int = 24
    seed: int = 7


@dataclass(frozen=True, slots=True)
class PolicyLesson:
    """`sentences` in their context. `targets` has shape (questions, sentences + 1); the last column
    is "none of them"."""

    sentences: tuple[str, ...]
    questions: tuple[str, ...]
    targets: Weights


class _NoneOfThem(torch.nn.Module):
    """The learned vector, and what turns cosines into shares."""

    def __init__(self, dimension: int) -> None:
        super().__init__()
        self.vector = torch.nn.Parameter(0.001 * torch.randn(dimension))
        self.log_scale = torch.nn.Parameter(torch.tensor(STARTING_SCALE).log())
        self.bias = torch.nn.Parameter(torch.tensor(STARTING_BIAS))

    def forward(self, questions: torch.Tensor, sentences: torch.Tensor) -> torch.Tensor:
        """Logits of shape (questions, sentences + 1)."""
        scale = self.log_scale.exp().clamp(max=MOST_SCALE)
        none = scale * (questions @ self.vector) + self.bias
        return torch.cat([scale * questions @ sentences.T, none[:, None]], dim=1)


def train_general(
    encoder: SentenceTransformerEncoder,
    lessons: Sequence[PolicyLesson],
    recipe: GeneralRecipe,
    path: Path,
    progress: Callable[[int, int], None],
) -> None:
    """Write the changes of the encoder's weights, with the vector for "none of them", into one
    file. Takes about 50 minutes on one free core."""
    torch.manual_seed(recipe.seed)
    before = tensors(encoder.network)
    none = _NoneOfThem(encoder.dimension)
    _train(encoder, none, _Batches(encoder, lessons, recipe), recipe, progress)
    changes = adapter.difference(before, tensors(encoder.network))
    learned = {
        NONE: none.vector.detach().numpy(),
        SCALE: none.log_scale.detach().exp().clamp(max=MOST_SCALE).reshape(1).numpy(),
        BIAS: none.bias.detach().reshape(1).numpy(),
    }
    adapter.write(path, {**changes, **learned}, encoder.files.weights)


def _train(
    encoder: SentenceTransformerEncoder,
    none: _NoneOfThem,
    batches: "_Batches",
    recipe: GeneralRecipe,
    progress: Callable[[int, int], None],
) -> None:
    network = encoder.network.train()
    freeze_embeddings(network)
    trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(
        [
            {"params": trained, "lr": recipe.rate, "weight_decay": 0.01},
            {"params": none.parameters(), "lr": recipe.none_rate, "weight_decay": 0.0},
        ]
    )
    steps = len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, triangle(steps, recipe.warm_up))
    for step, batch in enumerate(batches, start=1):
        optimiser.zero_grad()
        logits = none(_encoded(network, batch.questions), _encoded(network, batch.sentences))
        shares = functional.log_softmax(logits, dim=1)
        (-(torch.from_numpy(batch.targets) * shares).sum(dim=1).mean()).backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        schedule.step()
        progress(step, steps)
    network.eval()


def _encoded(network: "SentenceTransformer", texts: Sequence[str]) -> torch.Tensor:
    """In two halves by length: padding costs as much as words."""
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    halves = [half for half in np.array_split(order, 2) if len(half)]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        parts = [
            network(network.preprocess([texts[place] for place in half]))["sentence_embedding"]
            for half in halves
        ]
    vectors = torch.cat(parts).float()
    return vectors[torch.from_numpy(np.argsort(np.concatenate(halves), kind="stable"))]


class _Batches:
    """In each epoch every question once, those of a policy in batches of like size."""

    def __init__(
        self,
        encoder: SentenceTransformerEncoder,
        lessons: Sequence[PolicyLesson],
        recipe: GeneralRecipe,
    ) -> None:
        self._lessons = lessons
        self._recipe = recipe
        self._chance = Random(recipe.seed)
        self._all = list(chain.from_iterable(lesson.sentences for lesson in lessons))
        ends = np.cumsum([len(lesson.sentences) for lesson in lessons])
        self._own = [
            range(end - len(le.sentences), end) for le, end in zip(lessons, ends, strict=True)
        ]
        self._near = self._nearest(encoder)

    def __len__(self) -> int:
        return self._recipe.epochs * sum(map(self._parts, self._lessons))

    def __iter__(self) -> Iterator[PolicyLesson]:
        for _ in range(self._recipe.epochs):
            batches = [
                (number, rows)
                for number, lesson in enumerate(self._lessons)
                for rows in self._rows(lesson)
            ]
            self._chance.shuffle(batches)
            for number, rows in batches:
                yield self._batch(number, rows)

    def _parts(self, lesson: PolicyLesson) -> int:
        return max(1, round(len(lesson.questions) / self._recipe.batch))

    def _rows(self, lesson: PolicyLesson) -> list[list[int]]:
        rows = self._chance.sample(range(len(lesson.questions)), len(lesson.questions))
        parts = self._parts(lesson)
        return [rows[part::parts] for part in range(parts)]

    def _batch(self, number: int, rows: Sequence[int]) -> PolicyLesson:
        lesson, chance = self._lessons[number], self._chance
        others = self._others(number, rows)
        targets = np.zeros((len(rows), len(lesson.sentences) + len(others) + 1), dtype=np.float32)
        targets[:, : len(lesson.sentences)] = lesson.targets[rows, :-1]
        targets[:, -1] = lesson.targets[rows, -1]
        questions = tuple(
            add_typos(text, chance) if chance.random() < self._recipe.hasty else text
            for text in (lesson.questions[row] for row in rows)
        )
        sentences = (*lesson.sentences, *(self._all[place] for place in others))
        return PolicyLesson(sentences, questions, targets)

    def _others(self, number: int, rows: Sequence[int]) -> list[int]:
        """Places of sentences of other policies: some near the questions, some at random."""
        near = list(dict.fromkeys(int(place) for row in rows for place in self._near[number][row]))
        self._chance.shuffle(near)
        near = near[: self._recipe.nearest]
        outside = [place for place in range(len(self._all)) if place not in self._own[number]]
        random = self._chance.sample(outside, min(self._recipe.random, len(outside)))
        return list(dict.fromkeys((*near, *random)))

    def _nearest(self, encoder: SentenceTransformerEncoder) -> list[np.ndarray]:
        """Of each policy the places of the sentences of others that are nearest to its questions,
        by the encoder before the training; shape (questions, NEAREST)."""
        vectors = encoder.encode(self._all)
        found = []
        for lesson, own in zip(self._lessons, self._own, strict=True):
            similarity = encoder.encode(lesson.questions) @ vectors.T
            similarity[:, own] = -1.0
            most = min(NEAREST, len(self._all) - len(own))
            found.append(np.argsort(-similarity, axis=1)[:, :most])
        return found
