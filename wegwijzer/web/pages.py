"""The demo page, the privacy statement and the widget's script."""

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
WIDGET = PROJECT / "widget" / "dist" / "wegwijzer.js"
# As strict as the strictest partner's: the widget has to work under it.
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


@router.get("/")
async def demo(request: Request, services: FromApp) -> Response:
    """A page that embeds the widget as a partner's page does."""
    if not services.settings.demo:
        raise HTTPException(404)
    return _page(request, "demo.html")


@router.get("/privacy")
async def privacy(request: Request, services: FromApp) -> Response:
    """What is kept of a conversation, and for how long."""
    return _page(request, "privacy.html", history_days=services.settings.history_days)


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
    if not WIDGET.exists():
        raise HTTPException(404)
    headers = {"Cache-Control": "public, max-age=300", "Cross-Origin-Resource-Policy": "cross-origin"}
    return FileResponse(WIDGET, media_type="text/javascript", headers=headers)


def _page(request: Request, name: str, **values: object) -> Response:
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    return TEMPLATES.TemplateResponse(request, name, values, headers=headers)
