"""The demo page, the privacy statement and the widget's scripts."""

from pathlib import Path

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import FileResponse
from fastapi.templating import Jinja2Templates

from wegwijzer.settings import PROJECT
from wegwijzer.web.access import allow_anyone
from wegwijzer.web.services import FromApp

router = APIRouter(dependencies=[Depends(allow_anyone)])
PAGES = Path(__file__).parent / "pages"
TEMPLATES = Jinja2Templates(PAGES)
SCRIPTS = PROJECT / "widget" / "dist"
# As strict as the strictest partner's: the widget has to work under it.
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)

# Of a page whose address is a secret: its own form may be sent, and no other page and no search engine may learn of it.
SECRET_PAGE = {
    "Content-Security-Policy": POLICY.replace("form-action 'none'", "form-action 'self'"),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


@router.get("/")
async def demo(request: Request, services: FromApp) -> Response:
    """A page that embeds the widget as a partner's page does."""
    if not services.settings.demo:
        raise HTTPException(404)
    return _page(request, "demo.html")


@router.get("/privacy")
async def privacy(request: Request, services: FromApp) -> Response:
    """What is kept of a conversation, and for how long."""
    settings = services.settings
    days = {"contact_days": settings.handover_contact_days, "handover_days": settings.handover_days}
    return _page(request, "privacy.html", history_days=settings.history_days, **days)


@router.get("/pages/style.css")
async def style() -> FileResponse:
    """The style of all pages."""
    return FileResponse(PAGES / "style.css", media_type="text/css")


@router.get("/pages/report.css")
async def report_style() -> FileResponse:
    """The style of a report."""
    return FileResponse(PAGES / "report.css", media_type="text/css")


@router.get("/pages/icon.svg")
async def icon() -> FileResponse:
    """The icon of all pages: a signpost."""
    return FileResponse(PAGES / "icon.svg", media_type="image/svg+xml")


@router.get("/widget/wegwijzer.js")
async def widget() -> FileResponse:
    """The widget's script, for every partner's page."""
    return _script("wegwijzer.js")


@router.get("/widget/later.js")
async def later() -> FileResponse:
    """What the widget loads later, when a visitor meets it."""
    return _script("later.js")


def _script(name: str) -> FileResponse:
    if not (SCRIPTS / name).exists():
        raise HTTPException(404)
    headers = {
        "Cache-Control": "public, max-age=300",
        "Cross-Origin-Resource-Policy": "cross-origin",
        # A script that another one loads has to be readable for the page; it is the same for every page.
        "Access-Control-Allow-Origin": "*",
    }
    return FileResponse(SCRIPTS / name, media_type="text/javascript", headers=headers)


def _page(request: Request, name: str, **values: object) -> Response:
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    return TEMPLATES.TemplateResponse(request, name, values, headers=headers)
