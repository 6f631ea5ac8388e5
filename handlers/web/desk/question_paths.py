"""The addresses of the pages about example questions, and the policy that an address names."""

from urllib.parse import quote

from aiohttp import web

from handlers.conversation.services import Services
from knowledge.policy import Policy

QUESTIONS = "/desk/policies/questions/{policy}"
NEW = f"{QUESTIONS}/new"
ONE = QUESTIONS + "/{id:\\d{1,18}}"
PROPOSAL = QUESTIONS + "/proposals/{source:[CQ]-\\d{1,18}}"
PROMPT = QUESTIONS + "/prompts/{number:\\d{1,6}}"
DELETE, DELETE_ALL = f"{QUESTIONS}/delete", f"{QUESTIONS}/delete-all"


def path_of(policy: str) -> str:
    """The list of questions of the policy with this name."""
    return QUESTIONS.format(policy=quote(policy, safe=""))


def policy_in_force(services: Services, name: str) -> Policy | None:
    return next((each for each in services.policies if each.name == name), None)


def policy_of(services: Services, request: web.Request) -> Policy:
    """Raises HTTPNotFound where it is not in force."""
    policy = policy_in_force(services, request.match_info["policy"])
    if policy is None:
        raise web.HTTPNotFound
    return policy
