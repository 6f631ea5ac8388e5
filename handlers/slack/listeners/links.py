"""Shows a clause below a link to it, wherever somebody in Slack writes one."""

import logging
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError

from handlers.slack.api_errors import error_code
from handlers.slack.blocks.asker_views import clause_preview
from handlers.slack.context import SlackContext
from handlers.slack.payloads import Json

MOST_PREVIEWS = 5  # below one message

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Links:
    context: SlackContext

    async def shared(self, body: Json) -> None:
        """Slack tells of each link to the domain of the manifest, also of those that are still
        being written. People from outside are shown nothing."""
        if body.get("is_ext_shared_channel") and not self.context.answer_guests:
            return
        event, pages = body["event"], self.context.service.pages
        found = {each["url"]: pages.clause_at(each["url"]) for each in event["links"]}
        previews = {
            url: {"blocks": [block.to_dict() for block in clause_preview(*clause)]}
            for url, clause in [*found.items()]
            if clause
        }
        if previews:
            shown = dict([*previews.items()][:MOST_PREVIEWS])
            self.context.start(body, self._show(event, shown))

    async def _show(self, event: Json, previews: Json) -> None:
        """A preview that Slack refuses is no matter for the person who wrote the link."""
        try:
            await self.context.client.chat_unfurl(
                unfurl_id=event["unfurl_id"], source=event["source"], unfurls=previews
            )
        except SlackApiError as error:
            log.warning("Slack shows no preview of a clause: %s", error_code(error))
