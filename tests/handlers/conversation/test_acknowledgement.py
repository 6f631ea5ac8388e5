import pytest

from desk.model.case import Status
from handlers.conversation.acknowledgement import is_acknowledgement
from tests.handlers.conversation.cases import case

ANSWERED = case(Status.ANSWERED, "Book it with us.")
THANKS = (
    """
thanks|Thank you!|thank you so much|Thanks Jane|thanks, Jane!|many thanks|cheers|ta|thx
ok|OK.|okay, thanks|k|Got it|got it, thanks a lot|great|Great, thank you|perfect!|Brilliant :)
lovely, cheers|👍|👍🏽|:+1:|:thumbsup::skin-tone-3:|🙏 thanks|thanks :pray:|👍👍|(y)|<3
that's great|That is really helpful, thank you|that helps|this helps a lot|will do|noted
understood, thanks for the quick reply|thanks for letting me know|thanks for your help
much appreciated|I appreciate it|that makes sense, thanks|fair enough|good to know
all good|nice one|you're a star|exactly what I needed|have a good weekend|ok thanks all|*Thanks*
Hi Jane, thank you very much for that. Best wishes|no worries|thanks both|done|sorted
""".strip()
    .replace("\n", "|")
    .split("|")
)
MORE = (
    """
thanks, but what about volunteers|Thanks, and for councillors?|ok?|ok so is it good for all
and for me|yes|no|Not really|that is not what I asked|👎|:-1:|:confused:|no thanks, call me
thanks but no|is that all|ok, on Friday then|great, and by when|thanks. Also for volunteers
it does not help|that is not helpful|I see it differently|what|help|£50|thanks https://a.example
not ok|both|everyone|it is|you are|good question, who decides|thank the mayor
sure about that|right to reply|ok 50%
""".strip()
    .replace("\n", "|")
    .split("|")
)


@pytest.mark.parametrize("text", THANKS)
def test_thanks_do_not_ask_for_more(text: str) -> None:
    assert is_acknowledgement(text, ANSWERED)


@pytest.mark.parametrize("text", [*MORE, "", "thanks " * 100])
def test_other_words_ask_for_more(text: str) -> None:
    assert not is_acknowledgement(text, ANSWERED)


def test_ok_may_be_the_answer_to_what_comms_asked() -> None:
    asking = case(Status.ANSWERED, "Shall we book it for you?")
    assert not is_acknowledgement("ok", asking)
    assert not is_acknowledgement("👍", asking)
    assert is_acknowledgement("thanks", asking)


def test_a_long_row_of_phrases_takes_no_time_to_read() -> None:
    """A reading that tries every way to split it would not end."""
    assert not is_acknowledgement("good nice great " * 12 + "so", ANSWERED)
