"""One version of a policy: how it was read, what it changes, and putting it in force."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from desk.model.errors import DeskError, NoSuchPolicyVersion
from desk.model.people import Person
from desk.model.policy_version import PolicyDetails, PolicyVersion
from desk.model.sign_in import SignedIn
from handlers.conversation.policy_changes import PolicyReviewer
from handlers.conversation.reply_message import as_body
from handlers.conversation.services import Services
from handlers.web.auth.permissions import owner, reader
from handlers.web.desk.page import DeskPage, redirect_to
from handlers.web.forms import Form, form_of
from handlers.web.policies.reading_preview import rows
from knowledge.errors import BadInput
from knowledge.policy import Role

LIST = "/desk/policies"
VERSION = "/desk/policies/versions/{id:\\d{1,18}}"
REPLAYED = timedelta(days=30)
NO_UPLOADS = "This bot does not take uploads. Put the file into its folder of policies."
BAD_DATE = "Write the date like 2027-03-01."
LONGEST_TITLE, LONGEST_OWNER = 300, 200
TOO_LONG = f"A title has at most {LONGEST_TITLE} characters, an owner {LONGEST_OWNER}."

Change = Callable[[PolicyVersion, Form, Person], object]


class PolicyVersionPage:
    def __init__(self, services: Services) -> None:
        self._page = DeskPage(services)
        self._services = services
        self._versions = services.desk.policy_versions

    def register(self, app: web.Application) -> None:
        add = app.router
        add.add_get(VERSION, self._show)
        add.add_get(f"{VERSION}/replay", self._replay)
        add.add_get(f"{VERSION}/file", self._file)
        add.add_post(f"{VERSION}/details", self._changing(self._describe))
        add.add_post(f"{VERSION}/in-force", self._changing(self._put_in_force))
        add.add_post(f"{VERSION}/tell", self._changing(self._tell))
        add.add_post(f"{VERSION}/delete", self._changing(self._delete))

    async def _show(self, request: web.Request) -> web.Response:
        me = reader(request)
        return await self._shown(request, me, await self._version(request))

    async def _shown(
        self, request: web.Request, me: SignedIn, version: PolicyVersion, refusal: str = ""
    ) -> web.Response:
        review = await asyncio.to_thread(self._reviewer.review, version)
        history = await asyncio.to_thread(self._versions.history, version.policy)
        in_force = await asyncio.to_thread(self._versions.ids_in_force)
        return await self._page.show(
            request,
            me,
            "desk/policy_version.html",
            HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK,
            version=version,
            review=review,
            rows=tuple(rows(replace(review.reading, policy=review.policy))),
            history=history,
            is_in_force=in_force.get(version.policy) == version.id,
            now=self._services.clock.now(),
            told=request.query.get("told", ""),
            refusal=refusal,
        )

    async def _replay(self, request: web.Request) -> web.Response:
        me, version = owner(request), await self._version(request)
        replayed = await asyncio.to_thread(self._reviewer.replay, version, REPLAYED)
        return await self._page.show(
            request, me, "desk/policy_replay.html", version=version, replayed=replayed
        )

    async def _file(self, request: web.Request) -> web.Response:
        reader(request)
        version = await self._version(request)
        content = await asyncio.to_thread(self._versions.content, version.id)
        name = version.file_name.encode("ascii", "ignore").decode().replace('"', "")
        return web.Response(
            body=content,
            content_type="application/octet-stream",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _changing(self, change: Change) -> Handler:
        async def changed(request: web.Request) -> web.Response:
            me, form = owner(request), await form_of(request)
            version = await self._version(request)
            try:
                result = await asyncio.to_thread(change, version, form, me.person)
            except (BadInput, DeskError) as refused:
                return await self._shown(request, me, version, str(refused))
            return redirect_to(result if isinstance(result, str) else version_path(version))

        return changed

    def _describe(self, version: PolicyVersion, form: Form, by: Person) -> None:
        title, owned_by = form.text("title"), form.text("owner")
        if len(title) > LONGEST_TITLE or len(owned_by) > LONGEST_OWNER:
            raise BadInput(TOO_LONG)
        audience = tuple(role for role in Role if role in form.fields.getall("audience", ()))
        details = PolicyDetails(title, owned_by, _day(form.text("review_by")), audience)
        self._versions.describe(version.id, details, by)

    def _put_in_force(self, version: PolicyVersion, form: Form, by: Person) -> None:
        day = _day(form.text("from"))
        zone = self._services.desk.hours.zone
        since = None if day is None else datetime.combine(day, time(), zone)
        self._versions.put_in_force(version.id, by, since)

    def _tell(self, version: PolicyVersion, _: Form, by: Person) -> str:
        notices = self._reviewer.notices(version)
        bodies = {each.asked.id: as_body(each.message) for each in notices}
        told = self._versions.tell_askers(version.id, bodies, by)
        return f"{version_path(version)}?told={told}"

    def _delete(self, version: PolicyVersion, _: Form, by: Person) -> str:
        self._versions.delete_draft(version.id, by)
        return LIST

    @property
    def _reviewer(self) -> PolicyReviewer:
        return reviewer_of(self._services)

    async def _version(self, request: web.Request) -> PolicyVersion:
        try:
            return await asyncio.to_thread(self._versions.show, int(request.match_info["id"]))
        except NoSuchPolicyVersion as missing:
            raise web.HTTPNotFound from missing


def reviewer_of(services: Services) -> PolicyReviewer:
    """Raises BadInput where the bot takes no uploads."""
    if services.policy_reviewer is None:
        raise BadInput(NO_UPLOADS)
    return services.policy_reviewer


def version_path(version: PolicyVersion) -> str:
    return f"{LIST}/versions/{version.id}"


def _day(text: str) -> date | None:
    """None for an empty text. Raises BadInput."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(BAD_DATE) from None
