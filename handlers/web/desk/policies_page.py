"""The policies: which versions are in force, and uploading a new one."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from desk.model.people import Person
from desk.model.policy_version import PolicyVersion
from desk.model.sign_in import SignedIn
from handlers.conversation.services import Services
from handlers.web.auth.permissions import owner, reader
from handlers.web.desk.page import DeskPage, redirect_to
from handlers.web.desk.policy_version_page import LIST, reviewer_of, version_path
from handlers.web.forms import UPLOAD, form_of, uploaded_file
from knowledge.documents.formats import KINDS, SUFFIXES
from knowledge.errors import BadInput

NO_FILE = "Choose a file to upload."


class PoliciesPage:
    def __init__(self, services: Services) -> None:
        self._page = DeskPage(services)
        self._services = services
        self._versions = services.desk.policy_versions

    def register(self, app: web.Application) -> None:
        add = app.router
        add.add_get(LIST, self._list)
        add.add_post(UPLOAD, self._upload)
        add.add_post(f"{LIST}/folder", self._of_policy(self._versions.return_to_folder))
        add.add_post(f"{LIST}/cancel", self._of_policy(self._versions.cancel_plan))

    async def _list(self, request: web.Request) -> web.Response:
        return await self._listed(request, reader(request))

    async def _listed(self, request: web.Request, me: SignedIn, refusal: str = "") -> web.Response:
        versions = await asyncio.to_thread(self._versions.listed)
        in_force = await asyncio.to_thread(self._versions.ids_in_force)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
        return await self._page.show(
            request,
            me,
            "desk/policies.html",
            status,
            policies=sorted(self._services.policies, key=lambda policy: policy.title),
            versions=versions,
            in_force=in_force,
            taught=await asyncio.to_thread(self._services.desk.teaching.counts),
            now=self._services.clock.now(),
            unread=self._services.unread_policies(),
            refusal=refusal,
            suffixes=",".join(SUFFIXES),
            kinds=KINDS,
        )

    async def _upload(self, request: web.Request) -> web.Response:
        me, form = owner(request), await form_of(request)
        file = await uploaded_file(request)
        try:
            version = await asyncio.to_thread(
                self._uploaded, file.content, file.name, form.text("policy"), me.person
            )
        except BadInput as refused:
            return await self._listed(request, me, str(refused))
        return redirect_to(version_path(version))

    def _uploaded(self, content: bytes, file_name: str, policy: str, by: Person) -> PolicyVersion:
        if not file_name or not content:
            raise BadInput(NO_FILE)
        known = {each.name for each in self._services.policies}
        reading = reviewer_of(self._services).read(
            content, file_name, policy if policy in known else ""
        )
        return self._versions.upload(reading.policy.name, file_name, content, by)

    def _of_policy(self, change: Callable[[str, Person], None]) -> Handler:
        async def changed(request: web.Request) -> web.Response:
            me, form = owner(request), await form_of(request)
            await asyncio.to_thread(change, form.text("policy"), me.person)
            return redirect_to(LIST)

        return changed
