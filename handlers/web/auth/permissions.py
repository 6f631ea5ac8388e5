"""Who may do what at the desk, and the way out."""

from datetime import timedelta

from aiohttp import web

from desk.model.sign_in import SignedIn
from handlers.web.auth.login_method import LOGIN_METHOD
from handlers.web.auth.sessions import SESSIONS, session_age, signed_in

HOME = "/desk"
# A page sends the browser to the sign-in service again, which people hardly notice: somebody
# who has left the group is out after these minutes. Forms are taken for longer, so that nobody
# loses what they wrote meanwhile.
READ_FOR = timedelta(minutes=15)
SEND_FOR = timedelta(minutes=60)
READS_ONLY = "You may read the desk, but not work on cases."
NOT_OWNER = "Only an owner of the desk may do this."
SIGN_IN_AGAIN = (
    "Your sign-in has to be confirmed before this can be sent. Open the desk in another tab, "
    "sign in there, and then send this again."
)


def reader(request: web.Request) -> SignedIn:
    """The person who reads this page of the desk; raises the HTTP error that others get."""
    found = signed_in(request)
    lately = READ_FOR if _only_reads(request) else SEND_FOR
    if found is None or not _is_confirmed(request, lately):
        raise _sent_away(request)
    return found


def worker(request: web.Request) -> SignedIn:
    found = reader(request)
    if not found.access.may_answer:
        raise web.HTTPForbidden(text=READS_ONLY)
    return found


def owner(request: web.Request) -> SignedIn:
    found = reader(request)
    if not found.access.may_administer:
        raise web.HTTPForbidden(text=NOT_OWNER)
    return found


async def still_reads(request: web.Request) -> bool:
    """Whether the person whose page listens may go on listening."""
    return await request.app[SESSIONS].look_again(request) and _is_confirmed(request, SEND_FOR)


async def sign_out(request: web.Request) -> web.Response:
    # What somebody has written at the desk and not sent stays on no computer that others use.
    response = web.HTTPSeeOther("/", headers={"Clear-Site-Data": '"storage"'})
    await request.app[SESSIONS].close(request, response)
    raise response


def _is_confirmed(request: web.Request, lately: timedelta) -> bool:
    return not request.app[LOGIN_METHOD].rechecks or session_age(request) <= lately


def _sent_away(request: web.Request) -> web.HTTPException:
    """A form cannot be sent to the sign-in service and back."""
    invitation = request.app[LOGIN_METHOD].invitation(request)
    if _only_reads(request) or isinstance(invitation, web.HTTPForbidden):
        return invitation
    return web.HTTPForbidden(text=SIGN_IN_AGAIN)


def _only_reads(request: web.Request) -> bool:
    return request.method in ("GET", "HEAD")
