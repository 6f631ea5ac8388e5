import pytest

from knowledge.parsing.obligation import obligation
from knowledge.policy import Obligation, Sentence

MUST, MUST_NOT = Obligation.MUST, Obligation.MUST_NOT
SHOULD, SHOULD_NOT = Obligation.SHOULD, Obligation.SHOULD_NOT
MAY, INFORMATION = Obligation.MAY, Obligation.INFORMATION


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You must wear a badge.", MUST),
        ("All staff shall sign in.", MUST),
        ("Drivers are required to hold a licence.", MUST),
        ("Managers need to keep a record.", MUST),
        ("You **must not** smoke.", MUST_NOT),
        ("Members may not vote twice.", MUST_NOT),
        ("Smoking is prohibited.", MUST_NOT),
        ("Personal use is not permitted.", MUST_NOT),
        ("You cannot claim for alcohol.", MUST_NOT),
        ("No member may light fires.", MUST_NOT),
        ("Nobody may lend it.", MUST_NOT),
        ("No dogs may enter the pool.", MUST_NOT),
        ("While the park is open, no visitor, guest or helper may swim.", MUST_NOT),
        ("Guests whether young or old must not enter the shed.", MUST_NOT),
        ("Helpers, whether paid or not, may not lend keys.", MUST_NOT),
        ("No vehicle, whether power driven or not, may be brought into the park.", MUST_NOT),
        ("Neither staff nor members shall take part.", MUST_NOT),
        ("At no time may a driver leave the van.", MUST_NOT),
        ("No more than two visitors may enter.", MUST_NOT),
        ("Not more than ten days may be taken.", MUST_NOT),
        ("There must be no posting at all.", MUST_NOT),
        ("2 No officer shall sell land.", MUST_NOT),
        ("Nobody should ask why.", SHOULD_NOT),
        ("Nor should you witness a will.", SHOULD_NOT),
        ("Care is needed at times when no gift should be accepted.", SHOULD_NOT),
        ("Members who may not vote must leave.", MUST),
        ("Income must be banked, and no expense may be paid out of it.", MUST),
        ("Raffles can be held, but no machine shall be brought.", INFORMATION),
        ("No officer is required to reply.", INFORMATION),
        ("Nobody is expected to read messages at night.", INFORMATION),
        ("The manager decides whether staff must attend.", INFORMATION),
        ("There is no charge and members may borrow two books.", MAY),
        ("If nobody objects, the officer shall grant it.", MUST),
        ("Students pay no fee but must apply.", MUST),
        ("Staff should ask first.", SHOULD),
        ("We recommend a phone call.", SHOULD),
        ("It is a good idea to ask.", SHOULD),
        ("Employees are expected to arrive on time.", SHOULD),
        ("Lock the door.", SHOULD),
        ("If it rains, close the windows.", SHOULD),
        ("Please always encrypt personal data.", SHOULD),
        ("Do not share passwords.", SHOULD_NOT),
        ("Never post in anger.", SHOULD_NOT),
        ("Try not to argue.", SHOULD_NOT),
        ("It is not appropriate to tease.", SHOULD_NOT),
        ("Insults are always wrong.", SHOULD_NOT),
        ("You may park here.", MAY),
        ("Phones are allowed in meetings.", MAY),
        ("You do not need to ask.", MAY),
        ("Councillors can claim for mileage.", MAY),
        ("This may reflect on the council.", INFORMATION),
        ("The team can help.", INFORMATION),
        ("It may not be possible to reply.", INFORMATION),
        ("This policy says what you must do.", INFORMATION),
        ("Access to the car park is limited.", INFORMATION),
        ("Travel costs money.", INFORMATION),
        ("Remember that posts last.", INFORMATION),
        ("Say: “You must stop.”", SHOULD),
        ("The sign reads “Staff must not enter”.", INFORMATION),
    ],
)
def test_a_sentence_binds_by_its_own_words(text: str, expected: Obligation) -> None:
    assert obligation(text) is expected


@pytest.mark.parametrize(
    ("lead", "text", "expected"),
    [
        ("You must:", "wear a badge;", MUST),
        ("You must:", "not smoke; or", MUST_NOT),
        ("You must not:", "smoke; or", MUST_NOT),
        ("You should:", "Not forget the day job.", SHOULD_NOT),
        ("You should:", "Managers must sign.", MUST),
        ("You may:", "park here;", MAY),
        ("This covers:", "parking;", INFORMATION),
    ],
)
def test_an_item_binds_as_its_lead_in_does(lead: str, text: str, expected: Obligation) -> None:
    assert obligation(text, Sentence(lead, obligation(lead))) is expected
