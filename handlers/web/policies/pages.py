"""The policies as pages to read, search and link to."""

from collections.abc import Sequence

from aiohttp import web

from handlers.conversation.policy_links import anchors
from handlers.web.pages import render
from handlers.web.policies.reader import Wanted, in_blocks, passages, quoted_runs
from handlers.web.policies.search import hits, words_of
from knowledge.policy import Policy

LONGEST = 1000  # characters of a query or a quote


class PolicyPages:
    messengers = ()

    def __init__(self, policies: Sequence[Policy]) -> None:
        """`policies` may change at any time."""
        self._policies = policies

    def register(self, app: web.Application) -> None:
        app.router.add_get("/policies", self._all)
        app.router.add_get("/policies/{name}", self._one)
        app.router.add_get("/policies/{name}/clauses/{anchor}", self._clause)

    async def _all(self, request: web.Request) -> web.Response:
        query = _parameter(request, "q")
        policies = sorted(self._policies, key=lambda policy: policy.title)
        return render(
            request,
            "policies/list.html",
            policies=policies,
            query=query,
            hits=list(hits(policies, words_of(query))),
        )

    async def _one(self, request: web.Request) -> web.Response:
        policy, query = self._named(request), _parameter(request, "q")
        wanted = Wanted(_parameter(request, "quote"), _parameter(request, "at"), words_of(query))
        return render(
            request,
            "policies/policy.html",
            policy=policy,
            query=query,
            hits=list(hits([policy], wanted.words)),
            passages=passages(policy, wanted),
        )

    async def _clause(self, request: web.Request) -> web.Response:
        """A part of a page, which the chat shows under a quote."""
        policy, anchor = self._named(request), request.match_info["anchor"]
        known, quote = anchors(policy), _parameter(request, "quote")
        if anchor not in known:
            raise web.HTTPNotFound
        place = known.index(anchor)
        return render(
            request,
            "policies/clause.html",
            policy=policy,
            anchor=anchor,
            quote=quote,
            before=policy.clauses[max(place - 1, 0) : place],
            clause=policy.clauses[place],
            blocks=in_blocks(policy.clauses[place], quoted_runs(policy.clauses[place].text, quote)),
            after=policy.clauses[place + 1 : place + 2],
        )

    def _named(self, request: web.Request) -> Policy:
        name = request.match_info["name"]
        policy = next((each for each in self._policies if each.name == name), None)
        if policy is None:
            raise web.HTTPNotFound
        return policy


def _parameter(request: web.Request, name: str) -> str:
    return request.query.get(name, "").strip()[:LONGEST]
