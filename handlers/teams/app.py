"""Builds the part of the one web application that is Teams."""

from handlers.conversation.services import Services
from handlers.teams.access import Access, LocalTrialAccess, MicrosoftAccess
from handlers.teams.asker_actions import AskerActions
from handlers.teams.asker_messages import AskerMessages
from handlers.teams.bot import TeamsBot
from handlers.teams.bot_token import BotToken
from handlers.teams.cards.case_cards import CommsCards
from handlers.teams.cards.quotes import Quotes
from handlers.teams.cards.reply_cards import AskerCards
from handlers.teams.clause_search import ClauseSearch
from handlers.teams.comms_actions import Allowed, CommsActions
from handlers.teams.connection import Connection
from handlers.teams.message_extension import Extension
from handlers.teams.messenger import TeamsMessenger
from handlers.teams.microsoft import Cloud, Registration
from handlers.teams.service_urls import ServiceUrls
from handlers.teams.surface import Parts, TeamsSurface
from handlers.teams.turns import TurnAdapter, Turns


def registered_teams(
    services: Services,
    registration: Registration,
    administrators: frozenset[str] = frozenset(),
    cloud: Cloud | None = None,
) -> TeamsSurface:
    """For the app registration of the council. `administrators`: directory ids of the people who
    may say where cases are shown."""
    microsoft = cloud or Cloud()
    access = MicrosoftAccess(registration, microsoft)
    urls = ServiceUrls(microsoft.service_url)
    token = BotToken(registration, microsoft)
    return _surface(services, access, urls, token, Allowed(administrators, everybody=False))


def trial_teams(services: Services) -> TeamsSurface:
    """For a client on this machine, such as the Agents Playground, without any registration."""
    token, urls = BotToken(None, Cloud()), ServiceUrls("")
    allowed = Allowed(frozenset(), everybody=True)
    return _surface(services, LocalTrialAccess(), urls, token, allowed)


def teams_bot(
    services: Services, asker_cards: AskerCards, comms_cards: CommsCards, allowed: Allowed
) -> TeamsBot:
    answers = services.conversation.answers
    messages = AskerMessages(services)
    search = ClauseSearch(answers, asker_cards.quotes)
    return TeamsBot(
        services,
        messages,
        AskerActions(services, messages, asker_cards),
        CommsActions(services, comms_cards, allowed),
        Extension(services.desk, answers, search, asker_cards),
    )


def _surface(
    services: Services, access: Access, urls: ServiceUrls, token: BotToken, allowed: Allowed
) -> TeamsSurface:
    quotes, hours = Quotes(services.policies, services.address), services.desk.hours
    asker_cards, comms_cards = AskerCards(quotes, hours), CommsCards(quotes, hours)
    connection = Connection(token, urls, services.clock)
    bot = teams_bot(services, asker_cards, comms_cards, allowed)
    return TeamsSurface(
        Parts(
            access,
            Turns(bot, TurnAdapter(connection)),
            connection,
            urls,
            TeamsMessenger(connection, asker_cards, comms_cards, services.clock),
            services.answering,
        )
    )
