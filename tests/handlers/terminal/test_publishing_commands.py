import json
from dataclasses import replace

from tests.conversations.terminal import TerminalSurface
from tests.toy import POLICY

IN_USE = "P-1  published  Communications, review by 23 November 2027  training meeting\n"


def change_the_cited_clause(published: TerminalSurface) -> None:
    clauses = [
        replace(clause, text="You may post.") if clause.section == "2(a)" else clause
        for clause in POLICY.clauses
    ]
    published.policies = (replace(POLICY, clauses=tuple(clauses)),)


def test_the_published_answers_are_listed_with_owner_and_review_date(
    published: TerminalSurface,
) -> None:
    assert published.type_command("Jane", "published") == IN_USE


def test_what_is_edited_changes_and_the_rest_stays(published: TerminalSurface) -> None:
    before = published.office.publishing.show("P-1")
    shown = published.type_command("Jane", "edit", "P-1", "--text", "Book it with HR.")
    assert shown == IN_USE
    assert published.office.publishing.show("P-1") == replace(
        before, text="Book it with HR.", edited_at=published.clock.now()
    )


def test_each_part_can_be_changed(published: TerminalSurface) -> None:
    given = ("--question", "Is there a course?", "--owner", "HR", "--review-by", "2026-12-01")
    shown = published.type_command("Jane", "edit", "P-1", *given, "--cite", "3")
    assert shown == "P-1  published  HR, review by 01 December 2026  Is there a course?\n"
    (cited,) = published.office.publishing.show("P-1").cited
    assert cited.section == "3"


def test_a_changed_clause_is_read_again_before_the_answer_comes_back(
    published: TerminalSurface,
) -> None:
    change_the_cited_clause(published)
    doubt = "out of use: a clause that it cites has changed"
    assert doubt in published.type_command("Jane", "published")
    assert doubt in published.type_command("Jane", "edit", "P-1", "--owner", "HR")
    published.type_command("Jane", "edit", "P-1", "--cite", "2(a)")
    assert published.type_command("Jane", "recheck") == "There are none.\n"


def test_a_passed_date_is_set_anew(published: TerminalSurface) -> None:
    published.days_pass(400)
    assert "its review date has passed" in published.type_command("Jane", "recheck")
    assert "is not in the future" in published.type_command("Jane", "edit", "P-1", "--owner", "HR")
    published.type_command("Jane", "edit", "P-1", "--review-by", "2028-05-01")
    assert published.type_command("Jane", "recheck") == "There are none.\n"


def test_a_retired_answer_is_listed_only_when_asked_for(published: TerminalSurface) -> None:
    published.type_command("Jane", "retire", "P-1")
    published.days_pass(400)
    assert published.type_command("Jane", "published") == "There are none.\n"
    assert published.type_command("Jane", "published", "--all").startswith("P-1  retired  Comm")
    assert "was retired" in published.type_command("Jane", "edit", "P-1", "--owner", "HR")


def test_correcting_a_published_case_says_that_its_published_answer_is_out_of_use(
    published: TerminalSurface,
) -> None:
    shown = published.type_command("Jane", "correct", "C-1", "Book it with HR.")
    assert "P-1 is out of use until you correct it or confirm that it still holds." in shown
    reason = "out of use: the answer of its case was corrected"
    assert reason in published.type_command("Jane", "recheck")
    published.type_command("Jane", "confirm", "P-1")
    assert published.type_command("Jane", "published") == IN_USE
    assert published.office.publishing.show("P-1").text == "Book it with us."


def test_one_step_corrects_the_case_and_its_published_answer(published: TerminalSurface) -> None:
    shown = published.type_command("Jane", "correct", "C-1", "Book it with HR.", "--published")
    assert "P-1 now gives the corrected answer." in shown
    assert published.type_command("Jane", "published") == IN_USE
    assert published.office.publishing.show("P-1").text == "Book it with HR."


def test_a_correction_that_cites_another_clause_moves_its_published_answer_there(
    published: TerminalSurface,
) -> None:
    published.type_command("Jane", "correct", "C-1", "See there.", "--published", "--cite", "3")
    (cited,) = published.office.publishing.show("P-1").cited
    assert cited.section == "3"


def test_a_published_answer_that_is_past_its_review_date_stays_out_of_use(
    published: TerminalSurface,
) -> None:
    published.days_pass(400)
    shown = published.type_command("Jane", "correct", "C-1", "Book it with HR.", "--published")
    assert "P-1 is out of use" in shown
    assert "not in the future" in published.type_command("Jane", "confirm", "P-1")


def test_a_retired_answer_stays_retired_when_its_case_is_corrected(
    published: TerminalSurface,
) -> None:
    published.type_command("Jane", "retire", "P-1")
    shown = published.type_command("Jane", "correct", "C-1", "Book it with HR.", "--published")
    assert "P-1" not in shown
    assert published.type_command("Jane", "published") == "There are none.\n"


def test_programs_are_told_which_published_answers_a_correction_concerned(
    published: TerminalSurface,
) -> None:
    line = json.loads(published.type_command("Jane", "correct", "C-1", "HR.", "--json"))
    assert (line["ref"], line["also_corrected"], line["withheld"]) == ("C-1", [], ["P-1"])


def test_an_edit_of_nothing_is_wrong_use(published: TerminalSurface) -> None:
    assert "Say what to change in P-1" in published.type_command("Jane", "edit", "P-1")


def test_programs_are_told_the_reference_and_the_doubts(published: TerminalSurface) -> None:
    line = json.loads(published.type_command("Jane", "published", "--json"))
    assert (line["ref"], line["stale_reasons"]) == ("P-1", [])
