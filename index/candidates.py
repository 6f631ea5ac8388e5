"""Which of very many sentences may answer, found without a look at each of them.

FAISS groups the sentences by similarity and looks into the groups nearest to the question, where
it keeps a byte for each number of a vector. What it finds is measured again with the whole vectors.
"""

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.evidence import Scores
from index.nearest import on_one_thread
from index.passages import Rows

EXHAUSTIVE_UP_TO = 10_000
"""Of so many sentences each is looked at, in about a millisecond."""
BY_VECTOR, BY_WORDS = 300, 200  # candidates of each kind
PROBED = 24  # groups looked into
PER_GROUP = 200  # sentences, about
TRAINED_ON = 64  # sentences for each group's centre


class CandidateSearch:
    def __init__(self, groups: faiss.Index) -> None:
        self._groups = groups

    @classmethod
    def of(cls, vectors: Vectors, rows: Rows) -> "CandidateSearch":
        """`vectors` has shape (sentences, d); those in `rows` can be found. Takes about ten seconds
        for 100,000 sentences."""
        count, dimension = len(rows), vectors.shape[1]
        centres = faiss.IndexFlatIP(dimension)
        groups = faiss.IndexIVFScalarQuantizer(
            centres,
            dimension,
            max(1, count // PER_GROUP),
            faiss.ScalarQuantizer.QT_8bit,
            faiss.METRIC_INNER_PRODUCT,
        )
        groups.cp.max_points_per_centroid = TRAINED_ON
        groups.train(vectors[rows])
        groups.add_with_ids(vectors[rows], rows)
        groups.nprobe = PROBED
        return cls(groups)

    @classmethod
    def read(cls, stored: NDArray[np.uint8]) -> "CandidateSearch":
        """From what `as_array` gave."""
        return cls(faiss.deserialize_index(stored))

    def as_array(self) -> NDArray[np.uint8]:
        return np.asarray(faiss.serialize_index(self._groups))

    def rows(self, vector: Vectors, lexical: Scores) -> Rows:
        """Of the sentences that may answer. `vector` has shape (d,), `lexical`
        has a score for each sentence."""
        on_one_thread()
        by_vector = self._groups.search(vector.reshape(1, -1), BY_VECTOR)[1][0]
        sharing = np.flatnonzero(lexical)
        if len(sharing) > BY_WORDS:
            sharing = sharing[np.argpartition(-lexical[sharing], BY_WORDS)[:BY_WORDS]]
        return np.concatenate([by_vector[by_vector >= 0], sharing])
