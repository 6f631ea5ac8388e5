from answer.reply import Citation
from desk.model.case import Quote
from desk.model.precedent import cite
from handlers.conversation.reply_message import ReplyMessage, Voice, as_body, from_body
from knowledge.policy import Obligation, clause_ref
from tests.toy import POLICY, TRAINING

CITATION = Citation(
    policy="toy",
    section="2(a)",
    heading="Employees",
    title="Toy guidance",
    reviewed="",
    lead_in="You should:",
    quote=TRAINING.text,
    obligation=Obligation.SHOULD_NOT,
)


def test_whatever_quotes_a_clause_names_it_alike() -> None:
    clause = POLICY.clauses[1]
    expected = clause_ref(POLICY, clause)
    quote = Quote("toy", "2(a)", "Employees", TRAINING.text)
    assert CITATION.clause_ref == quote.clause_ref == cite(POLICY, clause).clause_ref == expected


def test_a_citation_survives_the_outbox() -> None:
    message = ReplyMessage(1, Voice.POLICY, "Section 2(a):", quotes=(CITATION,))
    assert from_body(as_body(message)) == message
