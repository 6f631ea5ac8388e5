from datetime import UTC, date, datetime

import pytest

from desk.model.precedent import Precedent, PrecedentState, cite, publication_key
from handlers.conversation.published_import import (
    MOST_ROWS,
    NO_ROWS,
    NO_TEXT,
    TOO_MANY,
    AnswerReader,
    CheckedAnswers,
)
from handlers.conversation.publishing import OWNER
from knowledge.errors import BadInput
from knowledge.policy import Clause, Policy

TODAY = date(2026, 11, 23)


def policy(name: str, *sections: str) -> Policy:
    clauses = tuple(Clause(each, "", (), f"Words of {each}.", (), (), 1) for each in sections)
    return Policy(name, f"The {name} policy", "", clauses, ())


MEDIA, LEAVE = policy("media", "4(c)", "6.2"), policy("leave", "4(c)", "9")
KNOWN = Precedent(
    id=3,
    state=PrecedentState.PUBLISHED,
    question="Known?",
    text="Yes.",
    cited=(cite(MEDIA, MEDIA.clauses[1]),),
    owner="HR",
    published_at=datetime(2026, 11, 20, tzinfo=UTC),
    edited_at=datetime(2026, 11, 20, tzinfo=UTC),
    review_by=date(2027, 2, 1),
)
HEAD = "Question,Answer,Clauses,Policy,Owner,Review by\r\n"


def read(text: str | bytes, *policies: Policy) -> CheckedAnswers:
    reader = AnswerReader(policies or (MEDIA,), {publication_key(KNOWN): KNOWN}, TODAY)
    return reader.read(text if isinstance(text, bytes) else text.encode())


def test_a_row_becomes_an_answer_with_defaults_for_what_it_leaves_out() -> None:
    row = '"May I post, and when?","Yes.\nAt noon.",4(c); 6.2,,,\r\n'
    (answer,) = read(HEAD + row).answers
    assert (answer.question, answer.text) == ("May I post, and when?", "Yes.\nAt noon.")
    assert [each.section for each in answer.cited] == ["4(c)", "6.2"]
    assert (answer.owner, answer.review_by) == (OWNER, date(2027, 11, 23))


@pytest.mark.parametrize("day", ["2027-02-01", "01/02/2027"])
def test_dates_are_read_as_people_write_them(day: str) -> None:
    (answer,) = read(f"{HEAD}May I?,Yes.,6.2,MEDIA,HR,{day}\r\n").answers
    assert (answer.owner, answer.review_by) == ("HR", date(2027, 2, 1))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_a_file_of_any_spreadsheet_is_read(encoding: str, separator: str) -> None:
    text = f'question{separator}answer{separator}clauses\nCafé – £5?{separator}Yes.{separator}"6.2"'
    (answer,) = read(text.encode(encoding)).answers
    assert answer.question == "Café – £5?"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",Yes.,6.2,,,", "the column “question” is empty"),
        ("May I?,,6.2,,,", "the column “answer” is empty"),
        ("May I?,Yes.,,,,", "the column “clauses” is empty"),
        ("May I?,Yes.,7(z),,,", "there is no section 7(z) in The media policy"),
        ("May I?,Yes.,6.2,Pets,,", "there is no policy “Pets”"),
        ("May I?,Yes.,6.2,,,soon", "“soon” is not a date"),
        ("May I?,Yes.,6.2,,,2026-11-23", "is not in the future"),
        ("May I?,Yes.,6.2,,,,more", "it has more cells than the first row"),
        (f"{'x' * 20_001},Yes.,6.2,,,", "the question has more than 20,000 characters"),
        (f"May I?,Yes.,6.2,,{'x' * 201},", "the owner has more than 200 characters"),
        ("known,Yes.,6.2,,,", "P-3 answers the same question"),
    ],
)
def test_a_bad_row_gets_one_clear_sentence(row: str, problem: str) -> None:
    found = read(f"{HEAD}Good?,Yes.,6.2,,,\r\n\r\n{row}\r\nGood?,Yes.,4(c),,,\r\n")
    (sentence,) = found.problems
    assert sentence.startswith("Row 4: ")
    assert problem in sentence
    assert len(found.answers) == 2


def test_a_row_that_is_published_word_for_word_may_come_again() -> None:
    (answer,) = read(f"{HEAD}Known?,Yes.,6.2,,HR,2027-02-01\r\n").answers
    assert KNOWN.is_published_as(answer)


def test_a_question_twice_is_named_with_its_first_row() -> None:
    found = read(f"{HEAD}May I?,Yes.,6.2,,,\r\nMAY I,No.,6.2,,,\r\n")
    assert found.problems == ("Row 3: row 2 has the same question and clauses.",)


def test_a_section_of_several_policies_needs_the_policy() -> None:
    found = read(f"{HEAD}May I?,Yes.,4(c),,,\r\n", MEDIA, LEAVE)
    assert "several policies have a section 4(c)" in found.problems[0]
    (answer,) = read(f"{HEAD}May I?,Yes.,4(c),the leave policy,,\r\n", MEDIA, LEAVE).answers
    assert answer.cited == (cite(LEAVE, LEAVE.clauses[0]),)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no column “question”"),
        (b"PK\x03\x04\x00\x00", NO_TEXT),
        (b'question,answer,clauses\n"never closed', NO_TEXT),
        (b"question,answer\nMay I?,Yes.", "no column “clauses”"),
        (HEAD.encode(), NO_ROWS),
        ((HEAD + "May I?,Yes.,6.2,,,\n" * (MOST_ROWS + 1)).encode(), TOO_MANY),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(content: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said.replace("(", r"\(")):
        read(content)
