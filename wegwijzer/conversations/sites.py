"""The partners' websites on which the widget may stand; the file is `knowledge/sites.yml`."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from wegwijzer.errors import KnowledgeError
from wegwijzer.knowledge.records import Identifier, Name, Record
from wegwijzer.knowledge.yaml_files import Reader

LOCAL_HOSTS = {"localhost", "127.0.0.1"}


def _origin(text: str) -> str:
    parts = urlsplit(text)
    if text != f"{parts.scheme}://{parts.netloc}" or not parts.hostname:
        raise ValueError("an origin is a scheme and a host, such as https://www.example.nl, with nothing after it")
    if parts.scheme != "https" and parts.hostname not in LOCAL_HOSTS:
        raise ValueError("only https sites may show the widget")
    return text


Origin = Annotated[str, AfterValidator(_origin)]


class Site(Record):
    """A website of a partner; `id` is what its script carries as `data-partner`."""

    id: Identifier
    name: Name
    origins: tuple[Origin, ...] = Field(min_length=1)


class Sites:
    """All sites, looked up by the origin that a browser reports."""

    def __init__(self, sites: tuple[Site, ...]) -> None:
        self._sites = {site.id: site for site in sites}

    @property
    def origins(self) -> list[str]:
        """Every origin of every site."""
        return [origin for site in self._sites.values() for origin in site.origins]

    def allows(self, site: str, origin: str | None) -> bool:
        """Whether `origin` is one of those of the site with this id."""
        found = self._sites.get(site)
        return found is not None and origin in found.origins


def read_sites(file: Path, *more: Site) -> Sites:
    """The sites in `file` and `more`. Raises KnowledgeError with file, line and field of every fault."""
    reader = Reader()
    found = reader.list_file(file, Site)
    if reader.faults:
        raise KnowledgeError("\n".join(str(fault) for fault in reader.faults))
    return Sites((*(read.record for read in found), *more))
