"""No item of a list is ever read as the opposite of what the policy says."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.documents.reading import read_string
from knowledge.policy import Obligation, Sentence
from tests.knowledge.parsing.read import parse

THOROUGH = settings(max_examples=400, deadline=None, derandomize=True)

FORBIDS = (
    "You must not",
    "No member may",
    "Nobody may",
    "No officer shall",
    "Staff, whether paid or not, must not",
    "Guests whether young or old may not",
    "While the park is open, no visitor, guest or helper may",
    "At no time may a driver",
    "Neither staff nor members may",
    "None of the wardens may",
    "No one who works here may",
    "The following are prohibited",
)
DEMANDS = (
    "You must",
    "Each officer shall",
    "Everyone who may not vote must",
    "Staff are required to",
)
ALLOWS = ("You may", "Staff are permitted to", "Members are free to")
NEGATIVE = {Obligation.MUST_NOT, Obligation.SHOULD_NOT}
ACTIONS = (
    "light fires",
    "close the gate",
    "lend keys",
    "report a lost dog",
    "keep a record",
    "park by the door",
    "share passwords",
    "use the lift",
)
SECTIONS = ("{n}.", "{n}", "{n}-", "{n}.-(1)", "{n}.—(1)", "{n}. (1)", "{n}.{n}", "Section {n}.")
ITEMS = ("({a})", "{a})", "{a}.", "({r})", "{m}.", "({m})", "•", "-")
ENDS = (":", "-", " –", "—", ":-")
ROMAN = ("", "i", "ii", "iii", "iv", "v")


@dataclass(frozen=True)
class Rules:
    """One section: what it says to the items below it, and how these are printed."""

    lead: str
    items: int
    item: str
    gap: bool
    stop: str


RULES = st.builds(
    Rules,
    lead=st.sampled_from((*FORBIDS, *DEMANDS, *ALLOWS)),
    items=st.integers(1, 4),
    item=st.sampled_from(ITEMS),
    gap=st.booleans(),
    stop=st.sampled_from((";", ".", "", "; or")),
)
BETWEEN = st.sampled_from(("", "Notes", "The park is large.", "* * *", "Page 3 of 9"))


def _written(
    rules: list[Rules], section: str, end: str, between: list[str]
) -> tuple[str, dict[str, str]]:
    """The text, and the lead-in of each item by its words."""
    lines = ["Park Code", ""]
    leads: dict[str, str] = {}
    for n, (rule, gap) in enumerate(zip(rules, between, strict=True), start=1):
        lines += [f"{section.format(n=n)} {rule.lead}{end}"]
        for m in range(1, rule.items + 1):
            label = rule.item.format(a="abcde"[m - 1], r=ROMAN[m], m=m)
            action = f"{ACTIONS[(n + m) % len(ACTIONS)]} in place {n}{m}"
            leads[action] = rule.lead
            lines += [""] if rule.gap else []
            lines += [f"   {label} {action}{rule.stop}"]
        lines += ["", gap, ""]
    return "\n".join(lines), leads


def _action(sentence: Sentence) -> str:
    return sentence.text.removesuffix(" or").rstrip(";. ")


def _agrees(lead: str, found: Obligation) -> bool:
    """Never the opposite: a ban may be lost where the layout is unclear, but never turned."""
    if lead in FORBIDS:
        return found in NEGATIVE or found is Obligation.INFORMATION
    return found not in NEGATIVE


@THOROUGH
@given(
    st.lists(st.tuples(RULES, BETWEEN), min_size=1, max_size=5),
    st.sampled_from(SECTIONS),
    st.sampled_from(ENDS),
)
def test_lists_of_opposite_polarity_are_never_mixed(
    sections: list[tuple[Rules, str]], section: str, end: str
) -> None:
    rules, between = [rule for rule, _ in sections], [gap for _, gap in sections]
    text, leads = _written(rules, section, end, between)
    for clause in parse(text, "any").clauses:
        for sentence in clause.sentences:
            action = _action(sentence)
            if action not in leads:
                continue
            assert _agrees(leads[action], sentence.obligation), (text, sentence)
            if sentence.lead_in:
                last = sentence.lead_in.rpartition("\n")[2]
                assert last.rstrip(":-–— ").endswith(leads[action]), (text, sentence)
            assert clause.contains_in_order([sentence.lead_in, sentence.text])


@THOROUGH
@given(
    st.lists(RULES, min_size=1, max_size=4),
    st.sampled_from(SECTIONS),
    st.sampled_from((":", ":-", "—")),
)
def test_a_list_directly_below_its_lead_in_has_its_force(
    rules: list[Rules], section: str, end: str
) -> None:
    text, leads = _written(rules, section, end, [""] * len(rules))
    read = {
        _action(sentence): sentence
        for clause in parse(text, "any").clauses
        for sentence in clause.sentences
    }
    for action, lead in leads.items():
        found = read[action].obligation
        assert (found in NEGATIVE) == (lead in FORBIDS), (text, read[action])


def _obligations(text: str) -> dict[str, Obligation]:
    return {
        sentence.text: sentence.obligation
        for clause in parse(text, "any").clauses
        for sentence in clause.sentences
    }


@pytest.mark.parametrize(
    "between",
    [
        "Notes\n\n",
        "(1) The warden has a list.\n\n",
        "You may ask the warden.\n\n",
        "You must:\n\n",
        "• See the map.\n\n",
        "# Notes\n\n",
        "| Gate | Time |\n|---|---|\n| north | nine |\n\n",
    ],
)
def test_what_stands_between_ends_the_force_of_a_lead_in(between: str) -> None:
    text = "# Code\n\n5. You must not:\n\n(a) light fires;\n\n(b) fly kites.\n\n"
    found = _obligations(f"{text}{between}(c) close the gate.\n")
    assert found["close the gate."] not in NEGATIVE or between.startswith("•")


@pytest.mark.parametrize(
    "heading",
    [
        "Prohibited use",
        "What you must not do",
        "Staff must not",
        "Don’ts",
        "Unacceptable behaviour",
    ],
)
@pytest.mark.parametrize("lead", ["", "Examples are:\n\n", "This includes:\n\n"])
def test_a_list_under_a_heading_that_forbids_is_no_list_of_commands(
    heading: str, lead: str
) -> None:
    found = _obligations(f"# Code\n\n## {heading}\n\n{lead}- Share passwords\n- Lend your badge\n")
    assert found["Share passwords"] in NEGATIVE
    assert found["Lend your badge"] in NEGATIVE


@pytest.mark.parametrize(
    "lead",
    [
        "Lock all doors, except:",
        "You must not use the car other than:",
        "Staff may work from home unless:",
        "These rules do not apply to:",
        "Examples of misconduct are:",
        "The following are not covered:",
    ],
)
def test_an_exception_is_no_command(lead: str) -> None:
    found = _obligations(f"1. Rules\n\n{lead}\n\n(a) close the gate;\n\n(b) lend keys.\n")
    assert found["close the gate;"] in {Obligation.INFORMATION, Obligation.MUST_NOT}
    assert found["lend keys."] in {Obligation.INFORMATION, Obligation.MUST_NOT}


def test_a_list_within_a_banned_list_is_shown_with_both_lead_ins() -> None:
    text = "5. You must not:\n\n(a) on Sundays:\n\n(i) swim;\n\n(ii) row;\n\n(b) fly kites.\n"
    swim = next(
        sentence
        for clause in parse(text, "any").clauses
        for sentence in clause.sentences
        if sentence.text == "swim;"
    )
    assert swim == Sentence("swim;", Obligation.MUST_NOT, "You must not:\non Sundays:")


def test_the_check_refuses_words_of_another_list_or_in_another_order() -> None:
    text = (
        "5. You must not:\n(a) light fires;\n(b) fly kites.\n\n6. You must:\n(a) close the gate;\n"
    )
    clauses = {clause.section: clause for clause in parse(text, "any").clauses}
    gate = clauses["6(a)"]
    assert gate.contains_in_order(["You must:", "close the gate;"])
    assert not gate.contains_in_order(["You must not:", "close the gate;"])
    assert not gate.contains_in_order(["close the gate;", "You must:"])
    assert not clauses["5(a)"].contains_in_order(["You must not:", "fly kites."])
    assert not gate.contains_in_order(["lose the gate;"])


@pytest.mark.parametrize("rows", ["Close the gate | Lend keys", "You must stop | You must not go"])
def test_a_table_row_binds_only_where_its_cells_agree(rows: str) -> None:
    text = f"# Code\n\n| Do | Don’t |\n|---|---|\n| {rows} |\n"
    row = read_string(text, "any").policy.clauses[-1].sentences[-1]
    assert (row.obligation, row.lead_in) == (Obligation.INFORMATION, "Do | Don’t")
