"""The addresses of quoted clauses on the pages."""

from collections.abc import Sequence
from urllib.parse import quote as escaped

from answer.reply import Citation
from desk.model.case import Quote
from handlers.conversation.policy_links import anchors, page
from handlers.conversation.whole_clause import WholeClause, whole_clause
from knowledge.policy import Policy


class ClauseLinks:
    def __init__(self, policies: Sequence[Policy]) -> None:
        """`policies` may change at any time."""
        self._policies = policies

    def clause(self, cited: Citation | Quote) -> str:
        """The address of the whole clause with the quote marked, as a part of a page. Empty if
        the policies have changed and no clause contains these words any more."""
        found = whole_clause(self._policies, as_quote(cited))
        if found is None:
            return ""
        path = f"{page(found.policy)}/clauses/{self._anchor(found)}"
        return f"{path}?quote={escaped(as_quote(cited).text)}"

    def in_policy(self, cited: Citation | Quote) -> str:
        """The address of the policy's page, at this clause. Empty as above."""
        found = whole_clause(self._policies, as_quote(cited))
        if found is None:
            return ""
        anchor = self._anchor(found)
        return f"{page(found.policy)}?quote={escaped(as_quote(cited).text)}&at={anchor}#{anchor}"

    def _anchor(self, found: WholeClause) -> str:
        return anchors(found.policy)[found.policy.clauses.index(found.clause)]


def as_quote(cited: Citation | Quote) -> Quote:
    if isinstance(cited, Quote):
        return cited
    return Quote(cited.policy, cited.section, cited.heading, cited.quote)
