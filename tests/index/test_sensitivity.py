from dataclasses import replace
from pathlib import Path

import numpy as np

from answer.calibration import fit_sensitivity_check
from answer.intent import intent_of
from index.sensitivity import SensitivityCheck, read_sensitivity
from knowledge.bank import Intent
from knowledge.policy import Policy
from knowledge.question import Question
from tests.toy import POLICY, SECRET, WORDS, clause
from tests.toy_bot import toy_index

OTHER = replace(POLICY, name="other", clauses=(clause("1", "Weather", SECRET),))
ORDINARY = SensitivityCheck((0.0,) * (len(WORDS) + 1), -10.0)
SENSITIVE = SensitivityCheck((0.0,) * (len(WORDS) + 1), 10.0)
ASKED = Question("my secret is out, help")


def intent(check: SensitivityCheck | None, *policies: Policy) -> Intent:
    index = toy_index(policies)
    return intent_of(
        replace(index, encoders=replace(index.encoders, sensitivity=check)).search(ASKED)
    )


def test_the_check_rules_out_what_the_bank_takes_for_sensitive_about_other_policies() -> None:
    assert intent(None, POLICY, OTHER) is Intent.SENSITIVE
    assert intent(SENSITIVE, POLICY, OTHER) is Intent.SENSITIVE
    assert intent(ORDINARY, POLICY, OTHER) is Intent.ANSWERABLE


def test_where_the_bank_knows_all_policies_it_decides_alone() -> None:
    assert intent(ORDINARY, POLICY) is Intent.SENSITIVE


def test_a_fitted_check_survives_its_file_and_tells_ordinary_messages(
    tmp_path: Path,
) -> None:
    chance = np.random.default_rng(5)
    sensitive = np.arange(400) % 2 == 0
    messages = chance.normal(0, 0.1, (400, 8)).astype(np.float32)
    messages[:, 0] += np.where(sensitive, 3.0, -3.0)
    check = fit_sensitivity_check(messages, sensitive)
    check.write(tmp_path / "check.json")
    assert read_sensitivity(tmp_path / "check.json") == check
    probabilities = np.array([check.probability(message) for message in messages])
    assert probabilities[sensitive].min() > 0.9
    assert probabilities[~sensitive].max() < 0.1
