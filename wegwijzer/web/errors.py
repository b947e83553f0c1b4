"""One shape for every error: `{"error": {"code": …, "message": …}}`, with a message for the visitor."""

from dataclasses import dataclass, replace

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wegwijzer.conversations import store, typed
from wegwijzer.errors import DatabaseUnavailableError, WegwijzerError
from wegwijzer.handover.consent import NoConsentError
from wegwijzer.handover.fields import InvalidFieldError
from wegwijzer.handover.store import UnknownHandoverError
from wegwijzer.web.access import ForeignOriginError
from wegwijzer.web.desk import UnknownPartnerError
from wegwijzer.web.health import NotReadyError
from wegwijzer.web.limits import TooManyRequestsError

log = structlog.get_logger()


@dataclass(frozen=True)
class Refusal:
    """How an error is told: `code` is for programs, `message` for the visitor."""

    status: int
    code: str
    message: str
    retry_after: int | None = None
    field: str | None = None

    def response(self) -> JSONResponse:
        """The answer to the request."""
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        field = {} if self.field is None else {"field": self.field}
        return JSONResponse({"error": {"code": self.code, "message": self.message, **field}}, self.status, headers)


SECONDS_UNTIL_UNLOCKED = 2
BAD_REQUEST = 400
FAILED = Refusal(500, "failed", "Er ging iets mis bij ons. Probeer het later nog eens.")
UNREADABLE = Refusal(422, "unreadable", "Dit verzoek kan ik niet lezen.")
REFUSALS: dict[type[Exception], Refusal] = {
    ForeignOriginError: Refusal(403, "foreign_origin", "Deze website mag Wegwijzer niet tonen."),
    store.SessionExpiredError: Refusal(401, "session_expired", "Je gesprek is verlopen. Begin een nieuw gesprek."),
    store.TurnInProgressError: Refusal(409, "busy", "Ik ben nog met je vorige vraag bezig. Heel even geduld."),
    store.ConversationErasedError: Refusal(401, "session_expired", "Je gesprek is gewist. Begin een nieuw gesprek."),
    store.UnknownButtonError: Refusal(422, "unknown_button", "Deze knop ken ik niet meer. Typ je vraag maar."),
    store.UnknownTurnError: Refusal(404, "unknown_turn", "Deze vraag ken ik niet. Stel hem nog eens."),
    store.UnknownMessageError: Refusal(404, "unknown_message", "Dit bericht ken ik niet."),
    typed.EmptyTextError: Refusal(422, "empty_text", "Typ eerst je vraag."),
    typed.TextTooLongError: Refusal(
        422, "text_too_long", f"Je vraag is te lang. Maak hem korter: hoogstens {typed.LONGEST_TEXT} tekens."
    ),
    TooManyRequestsError: Refusal(429, "too_many_requests", "Je stelt veel vragen achter elkaar. Wacht even."),
    DatabaseUnavailableError: Refusal(
        503, "unavailable", "Er is even iets mis bij ons. Probeer het zo nog eens.", SECONDS_UNTIL_UNLOCKED
    ),
    UnknownPartnerError: Refusal(422, "unknown_partner", "Deze partner kan je aanvraag niet krijgen. Kies een andere."),
    UnknownHandoverError: Refusal(404, "unknown_handover", "Deze aanvraag ken ik niet."),
    NoConsentError: Refusal(
        409,
        "consent_changed",
        "De tekst van de toestemming is veranderd. Lees hem nog eens en geef hem opnieuw.",
    ),
    InvalidFieldError: Refusal(422, "invalid_field", "Er klopt iets niet aan wat je invulde."),
    NotReadyError: Refusal(503, "not_ready", "Nog niet alles is klaar om te antwoorden"),
}
BY_STATUS = {
    400: replace(UNREADABLE, status=400),
    404: Refusal(404, "not_found", "Hier is niets."),
    405: Refusal(405, "method_not_allowed", "Dat kan hier niet."),
    413: Refusal(413, "too_large", "Dit is te lang om te lezen. Maak je vraag korter."),
}


def install(app: FastAPI) -> None:
    """Answer every error of `app` in the one shape."""
    app.add_exception_handler(WegwijzerError, _refuse)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _by_status)


async def _refuse(_request: Request, error: Exception) -> JSONResponse:
    refusal = REFUSALS.get(type(error), FAILED)
    match error:
        case TooManyRequestsError():
            refusal = replace(refusal, retry_after=error.retry_after)
        case NotReadyError():
            refusal = replace(refusal, message=f"{refusal.message}: {error}.")
        case InvalidFieldError():
            refusal = replace(refusal, message=error.message, field=error.field)
        case DatabaseUnavailableError():
            log.warning("refused", code=refusal.code)
    if refusal is FAILED:
        log.error("an error without a refusal", exc_info=error)
    return refusal.response()


async def _unreadable(_request: Request, _error: Exception) -> JSONResponse:
    # What was sent is not repeated: it can be anything.
    return UNREADABLE.response()


async def _by_status(_request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else FAILED.status
    refusal = BY_STATUS.get(status) or Refusal(status, "refused", "Dat kan hier niet.")
    return refusal.response()


class Preflights(CORSMiddleware):
    """Answers a browser that asks what a page may do here, and refuses in the one shape."""

    def preflight_response(self, request_headers: Headers) -> Response:
        """The answer to a preflight: what is allowed, or why not."""
        if not self.is_allowed_origin(request_headers["origin"]):
            return REFUSALS[ForeignOriginError].response()
        response = super().preflight_response(request_headers)
        return response if response.status_code < BAD_REQUEST else BY_STATUS[405].response()


class LastResort:
    """Answers what nothing else caught, and logs its type and place; the server would log a whole trace."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and mind how it ends."""
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            log.error("a request failed", path=scope.get("path"), exc_info=error)
            if not started and scope["type"] == "http":
                await FAILED.response()(scope, receive, send)
