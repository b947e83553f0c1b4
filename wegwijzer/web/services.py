"""What the routes work with, made once for a process: the composition root of the gateway."""

from dataclasses import dataclass
from typing import Annotated, Any, cast

import httpx
from fastapi import Depends, Request

from wegwijzer.advice.adviser import Adviser
from wegwijzer.advice.dialogue import Dialogue
from wegwijzer.advice.reply import Reply
from wegwijzer.conversations.engine import EngineClient
from wegwijzer.conversations.erasure import Erasure
from wegwijzer.conversations.messages import Content, content_of
from wegwijzer.conversations.reports import ReportStore
from wegwijzer.conversations.sites import Site, Sites, read_sites
from wegwijzer.conversations.store import ConversationStore
from wegwijzer.conversations.turns import TurnKeeper
from wegwijzer.database import engine_for
from wegwijzer.handover.answers import AnswerLinks
from wegwijzer.handover.clock import utc_now
from wegwijzer.handover.consent import ConsentForm, read_consent
from wegwijzer.handover.erasing import HandoverErasure
from wegwijzer.handover.keys import answer_keys, contact_cipher
from wegwijzer.handover.partners import Partners
from wegwijzer.handover.store import HandoverStore
from wegwijzer.knowledge.store import KnowledgeStore
from wegwijzer.retention import Retention
from wegwijzer.settings import Settings
from wegwijzer.web.desk import Desk
from wegwijzer.web.limits import RateLimits

DEMO_SITE = "demo"


@dataclass(frozen=True)
class Services:
    """The parts of the gateway, wired for one set of settings; `loopback` speaks with engine and actions."""

    settings: Settings
    sites: Sites
    limits: RateLimits
    store: ConversationStore
    reports: ReportStore
    desk: Desk
    retention: Retention
    loopback: httpx.AsyncClient
    erasure: Erasure
    turns: TurnKeeper
    greeting: list[dict[str, Any]]

    @classmethod
    def from_settings(cls, settings: Settings) -> "Services":
        """Connect to the databases and the engine. Raises KnowledgeError, DatabaseUnavailableError."""
        database = engine_for(settings.database_url)
        # Greeting and apology need no engine, so they are there when it is not.
        adviser = Adviser(KnowledgeStore(database).current(), settings.current_day)
        store = ConversationStore(database, settings.session_minutes)
        reports = ReportStore(database, settings.current_day)
        requests = HandoverErasure(database)
        erasure = Erasure(store, [reports, requests], engine_for(settings.tracker_url))
        loopback = httpx.AsyncClient()
        engine = EngineClient(loopback, settings.engine_url, settings.engine_timeout_seconds)
        turns = TurnKeeper(store, engine, erasure, lambda message: _messages(adviser.apologise(message)))
        return cls(
            settings=settings,
            sites=read_sites(settings.sites_file, *_demo_site(settings)),
            limits=RateLimits(settings),
            store=store,
            reports=reports,
            desk=_desk(settings, store, adviser),
            retention=Retention(erasure, reports, requests, settings),
            loopback=loopback,
            erasure=erasure,
            turns=turns,
            greeting=_messages(adviser.greet(Dialogue())),
        )

    def greet(self) -> list[Content]:
        """The first messages of a conversation, with buttons of their own."""
        return [content_of(message) for message in self.greeting]


def _desk(settings: Settings, store: ConversationStore, adviser: Adviser) -> Desk:
    database = engine_for(settings.database_url)
    words = read_consent(settings.knowledge_folder / "consent.yml")
    return Desk(
        store=store,
        handovers=HandoverStore(database, contact_cipher(settings)),
        partners=Partners.of(settings),
        consent=ConsentForm(words, settings.handover_contact_days, settings.handover_days),
        links=AnswerLinks(answer_keys(settings), settings.public_address, settings.answer_days),
        words=adviser.requests,
        clock=utc_now,
    )


def _messages(reply: Reply) -> list[dict[str, Any]]:
    return [message.as_data() for message in reply.messages]


def _demo_site(settings: Settings) -> list[Site]:
    if not settings.demo:
        return []
    origins = tuple(f"http://{host}:{settings.web_port}" for host in ("127.0.0.1", "localhost"))
    return [Site(id=DEMO_SITE, name="Demo", origins=origins)]


async def _services(request: Request) -> Services:
    return cast(Services, request.app.state.services)


FromApp = Annotated[Services, Depends(_services)]
"""The services, as a parameter of a route."""
