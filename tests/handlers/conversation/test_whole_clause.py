from desk.model.case import Quote
from handlers.conversation.policy_links import PublicPages, anchors, link
from handlers.conversation.whole_clause import marked, whole_clause
from knowledge.policy import Policy, Sentence
from tests.toy import JOURNALIST, LOGO, POLICY, clause


def test_a_quote_leads_to_its_whole_clause_between_its_neighbours() -> None:
    found = whole_clause((POLICY,), Quote("toy", "2(b)", "Employees", JOURNALIST.text))
    assert found is not None
    assert found.clause.section == "2(b)"
    assert [each.section for each in (*found.before, *found.after)] == ["2(a)", "3"]


def test_the_first_clause_has_no_neighbour_before_it() -> None:
    found = whole_clause((POLICY,), Quote("toy", "1", "Think twice", LOGO.text))
    assert found is not None
    assert found.before == ()


def test_words_that_the_policy_no_longer_holds_lead_nowhere() -> None:
    assert whole_clause((POLICY,), Quote("toy", "1", "Think twice", "Use the logo.")) is None


def test_a_quote_is_marked_where_it_stands_also_over_a_line_break() -> None:
    found = marked("You should:\nnot post\nwithout training. Ever.", "not post without training.")
    assert found.before == "You should:\n"
    assert found.quote == "not post\nwithout training."
    assert found.after == " Ever."


def test_a_quote_that_is_not_there_marks_nothing() -> None:
    assert marked("All of it.", "Something else").before == "All of it."


def test_each_clause_has_an_anchor_of_its_own() -> None:
    same = clause("3", "Councillors in meetings", Sentence("More.", LOGO.obligation))
    policy = Policy("toy", "Toy", "", (*POLICY.clauses, same), ())
    assert anchors(policy) == (
        "1", "2-a", "2-b", "3-councillors-in-meetings", "4", "3-councillors-in-meetings-2",
    )  # fmt: skip


def test_a_clause_is_linked_by_policy_and_anchor() -> None:
    address = "https://policy.example.gov.uk"
    assert link(address, POLICY, POLICY.clauses[1]) == f"{address}/policies/toy#2-a"


def test_a_quote_has_a_public_page_only_where_the_bot_has_an_address() -> None:
    quote = Quote("toy", "2(b)", "Employees", JOURNALIST.text)
    address = "https://policy.example.gov.uk"
    assert PublicPages((POLICY,), address).link(quote) == f"{address}/policies/toy#2-b"
    assert PublicPages((POLICY,), "").link(quote) == ""
    gone = Quote("toy", "2(b)", "Employees", "Words of long ago.")
    assert PublicPages((POLICY,), address).link(gone) == ""
