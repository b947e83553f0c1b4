"""Every record of the knowledge with the place where it stands, for whoever looks through them all."""

from collections.abc import Iterator

from wegwijzer.knowledge.assessment import Step
from wegwijzer.knowledge.files import KnowledgeFiles
from wegwijzer.knowledge.records import Municipality, Offer, Organisation, Source
from wegwijzer.upkeep.findings import Place


def offers(files: KnowledgeFiles) -> Iterator[tuple[Place, Offer]]:
    """All offers, also those that have ended."""
    return ((Place(offer.id, f"offers/{offer.id}.yml"), offer) for offer in files.offers)


def current(files: KnowledgeFiles) -> Iterator[tuple[Place, Offer]]:
    """The offers whose record does not say that they have ended."""
    return ((place, offer) for place, offer in offers(files) if not offer.ended)


def organisations(files: KnowledgeFiles) -> Iterator[tuple[Place, Organisation]]:
    """All organisations."""
    return ((Place(one.id, f"organisations/{one.id}.yml"), one) for one in files.organisations)


def municipalities(files: KnowledgeFiles) -> Iterator[tuple[Place, Municipality]]:
    """All municipalities, which share a file."""
    return ((Place(one.id, "municipalities.yml", (index,)), one) for index, one in enumerate(files.municipalities))


def providing(files: KnowledgeFiles) -> Iterator[tuple[Place, Offer | Organisation]]:
    """All offers, then all organisations."""
    yield from offers(files)
    yield from organisations(files)


def steps(files: KnowledgeFiles) -> Iterator[tuple[Place, Step]]:
    """Every step that an answer of the assessment leads to."""
    for number, question in enumerate(files.assessment.questions):
        for index, answer in enumerate(question.answers):
            if answer.step:
                where = ("questions", number, "answers", index, "step")
                yield Place(f"{question.id}/{answer.id}", "assessment.yml", where), answer.step


def addresses(files: KnowledgeFiles) -> Iterator[tuple[Place, str]]:
    """Every address in the knowledge; one that stands twice comes twice."""
    for place, record in providing(files):
        if record.url:
            yield place.at("url"), str(record.url)
        yield from _addresses_of(place.at("source"), record.source)
    for place, municipality in municipalities(files):
        if municipality.url:
            yield place.at("url"), str(municipality.url)
        yield from ((place.at("sources", index), str(url)) for index, url in enumerate(municipality.sources))
    for index, kind in enumerate(files.out_of_scope.kinds):
        if kind.pointer:
            place = Place(kind.id, "out_of_scope.yml", ("kinds", index, "pointer", "url"))
            yield place, str(kind.pointer.url)
    for index, framework in enumerate(files.assessment.frameworks):
        yield Place(framework.id, "assessment.yml", ("frameworks", index, "url")), str(framework.url)


def _addresses_of(place: Place, source: Source) -> Iterator[tuple[Place, str]]:
    yield place.at("url"), str(source.url)
    yield from ((place.at("more", index), str(url)) for index, url in enumerate(source.more))
