"""Addresses in knowledge files: one each, in full, that anybody can open."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, HttpUrl

PUBLIC_HOST = re.compile(r"(?!w{4,}\.)([a-z0-9_-]+\.)+(?!local$|lan$|intern(al)?$)[a-z0-9-]+")
ONE_SLASH = re.compile(r"https?:/(?!/)")
STANDS_FOR_ONE = re.compile(r"(.*\.)?(example\.com|voorbeeld\.nl)")
ARCHIVE = "web.archive.org"
DETOUR = "safelinks.protection"


def _typed_whole(url: Any) -> Any:
    if isinstance(url, str) and ONE_SLASH.match(url):
        raise ValueError("should begin with https://, with two slashes")
    # A space is made %20 and a comma is taken along by whoever reads addresses: neither opens the page.
    if isinstance(url, str) and (" " in url.strip() or url.strip().endswith(",")):
        raise ValueError("holds a space or ends in a comma: write one address, and others in `more`")
    if isinstance(url, str) and url.count("://") > 1 and ARCHIVE not in url:
        raise ValueError("holds two addresses: write one, and others in `more`")
    return url


def _public(url: HttpUrl) -> HttpUrl:
    if url.username or url.password:
        raise ValueError("holds a name or password: leave out what stands before the @")
    if not PUBLIC_HOST.fullmatch(url.host or ""):
        raise ValueError(f"{url.host} is no host that anybody can reach: it should be as in www.heerlen.nl")
    if STANDS_FOR_ONE.fullmatch(url.host or ""):
        raise ValueError(f"{url.host} only stands for an address: write the real one")
    if DETOUR in (url.host or ""):
        raise ValueError("is the detour of a mail program: open it, and copy the address that you end up at")
    return url


def _https(url: HttpUrl) -> HttpUrl:
    if url.scheme != "https":
        raise ValueError("should begin with https://: only such addresses are shown to visitors")
    return url


Address = Annotated[HttpUrl, BeforeValidator(_typed_whole), AfterValidator(_public)]
"""Of a source, which may still be without https."""
PublicUrl = Annotated[Address, AfterValidator(_https)]
"""As visitors are shown it."""
