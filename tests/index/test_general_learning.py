"""The training of the general encoder, with the real MiniLM on two policies of a few sentences."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from index.general_learning import GeneralRecipe, PolicyLesson, train_general
from index.model_files import PACKAGED, model_files
from index.onnx_minilm import OnnxMiniLm
from index.open_set import open_set_targets, read_open_set
from index.passages import passages_of
from index.sentence_transformer import SentenceTransformerEncoder
from knowledge.bank import BankQuestion, Intent
from knowledge.question import Question
from tests.toy import LOGO, MEETING, POLICY, QUIET

SENTENCES = (
    ("Bins are emptied on Tuesdays.", "A second bin costs £30.", "Glass goes into the blue box."),
    ("Dogs must be on a lead.", "The gate is locked at dusk.", "Barbecues are not permitted."),
)
QUESTIONS = (
    ("when do you come round for my rubbish", "price of another wheelie", "where do jars go"),
    ("may my labrador run free", "how late can I stay in the park", "sausages on the grill?"),
)
ON_NOTHING = "who won the match"


def lesson(number: int) -> PolicyLesson:
    targets = np.eye(4, dtype=np.float32)
    return PolicyLesson(SENTENCES[number], (*QUESTIONS[number], ON_NOTHING), targets)


def test_the_trained_encoder_finds_the_sentence_or_none_of_them(tmp_path: Path) -> None:
    path, steps = tmp_path / "general.safetensors", []
    recipe = GeneralRecipe(epochs=12, hasty=0.0, nearest=1, random=1)
    files = model_files(PACKAGED)
    train_general(
        SentenceTransformerEncoder(files),
        (lesson(0), lesson(1)),
        recipe,
        path,
        lambda done, of: steps.append((done, of)),
    )
    assert steps[-1] == (24, 24)
    assert files.fit(path)
    encoder, open_set = OnnxMiniLm(replace(files, adapter=path)), read_open_set(path)
    for sentences, questions in zip(SENTENCES, QUESTIONS, strict=True):
        vectors = encoder.encode(sentences)
        for place, question in enumerate(encoder.encode(questions)):
            shares = open_set.shares(vectors @ question, question)
            assert int(shares.argmax()) == place
            assert shares.sum() > 0.5
        (nothing,) = encoder.encode([ON_NOTHING])
        assert open_set.shares(vectors @ nothing, nothing).sum() < 0.5


def test_the_groups_of_a_question_share_its_target_and_none_has_the_others() -> None:
    passages = passages_of([POLICY])
    both = BankQuestion(
        "1", Question("?"), Intent.ANSWERABLE, ((LOGO.text,), (MEETING.text,)), (QUIET.text,)
    )
    near = BankQuestion("2", Question("?"), Intent.NEAR, closest=(LOGO.text,))
    rows = open_set_targets(passages, (both, near))
    places = [passage.sentence for passage in passages]
    shares = [float(rows[0, places.index(sentence)]) for sentence in (LOGO, MEETING, QUIET)]
    np.testing.assert_allclose(shares, np.array([1.0, 0.6, 0.08]) / 1.68, rtol=1e-5)
    np.testing.assert_array_equal(rows[1], [0, 0, 0, 0, 0, 0, 1])
