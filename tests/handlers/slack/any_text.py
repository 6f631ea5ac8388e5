"""Anything that people, policies and comms may have written, as hypothesis draws it."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from answer.reply import Citation
from desk.model.case import Asker, Case, Event, Naming, Quote, Status, Step
from desk.model.messages import CaseClosed, CommsAnswer, Receipt
from desk.model.people import PersonRef
from handlers.conversation.reply_message import Offer, RelatedAnswer, ReplyMessage, Voice, as_body
from knowledge.policy import Clause, Obligation, Policy, Role
from knowledge.reason import Reason

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
HOSTILE = ("<!channel>", "<@U0BOT>", "https://evil.example", "*b*", "&<>", "www.evil.example", "`")

short = st.text(max_size=300)
words = st.one_of(
    st.text(max_size=200),
    st.sampled_from(HOSTILE).map(lambda text: f"see {text} now"),
    st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=9), st.just(9_000)),
)
some = st.lists(words, max_size=6).map(tuple)
who = st.builds(PersonRef, st.just("w1"), short)
quotes = st.lists(st.builds(Quote, short, short, short, words), max_size=6).map(tuple)
citations = st.lists(
    st.builds(
        Citation,
        short,
        short,
        short,
        short,
        short,
        words,
        words,
        st.sampled_from(Obligation),
        some,
    ),
    max_size=5,
).map(tuple)
says = st.builds(
    ReplyMessage,
    st.integers(1, 10**12),
    st.sampled_from(Voice),
    words,
    words,
    citations,
    citations,
    st.lists(st.builds(RelatedAnswer, words, words, words), max_size=1).map(tuple),
    some,
    st.lists(st.sampled_from(Offer), unique=True).map(tuple),
    st.lists(words, max_size=2).map(tuple),
)
receipts = st.builds(
    Receipt,
    st.just("C-1"),
    words,
    st.sampled_from(Naming),
    st.just(NOW),
    quotes,
    st.one_of(st.just(""), says.map(as_body)),
)
answers = st.builds(
    CommsAnswer, st.just("C-1"), st.integers(1, 99), words, words, quotes, who, st.just(NOW)
)
closings = st.builds(CaseClosed, st.just("C-1"), words, words)
events = st.lists(
    st.builds(Event, st.integers(1, 99), st.sampled_from(Step), who, st.just(NOW), words, quotes),
    max_size=5,
).map(tuple)
askers = st.lists(
    st.builds(Asker, st.just(1), who, st.sampled_from(Naming), words, st.booleans()),
    min_size=1,
    max_size=60,
).map(tuple)
cases = st.builds(
    Case,
    st.integers(1, 10**9),
    st.sampled_from(Status),
    words,
    st.sampled_from(Role),
    some,
    st.sampled_from(Reason),
    quotes,
    words,
    st.one_of(st.none(), who),
    st.just(NOW),
    st.just(NOW),
    askers,
    events,
)
clauses = st.builds(
    Clause, short, short, st.just(()), words, st.just(tuple(Role)), st.just(()), st.just(1)
)
policies = st.builds(
    Policy, short, words, short, st.lists(clauses, min_size=1, max_size=4).map(tuple), st.just(())
)
