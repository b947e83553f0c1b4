"""The partners' websites on which the widget may stand; the file is `knowledge/sites.yml`."""

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from wegwijzer.errors import KnowledgeError
from wegwijzer.knowledge.reading.yaml_files import Reader
from wegwijzer.knowledge.records import Identifier, Name, Record

# As a browser writes it: in small letters, without a port that goes without saying.
HOST = r"[a-z0-9-]+(?:\.[a-z0-9-]+)*"
ORIGIN = re.compile(rf"https://{HOST}(?!:443\b)(?::\d+)?|http://(?:localhost|127\.0\.0\.1)(?!:80\b)(?::\d+)?")


def _origin(text: str) -> str:
    if not ORIGIN.fullmatch(text):
        raise ValueError("an origin is https and a host in small letters, such as https://www.example.nl, and no more")
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
    known = {site.id for site in more}
    for read in found:
        if read.record.id in known:
            reader.faults.append(read.fault(("id",), f"there is another site with the id {read.record.id}"))
        known.add(read.record.id)
    if reader.faults:
        raise KnowledgeError("\n".join(str(fault) for fault in reader.faults))
    return Sites((*(read.record for read in found), *more))
