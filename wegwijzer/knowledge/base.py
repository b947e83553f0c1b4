"""A snapshot of all knowledge with the look-ups that the rest of the program asks for."""

from collections.abc import Iterable
from functools import cached_property

from wegwijzer.knowledge.assessment import Assessment
from wegwijzer.knowledge.records import (
    OUT_OF_SCOPE,
    Choice,
    Municipality,
    Offer,
    Organisation,
    OutOfScope,
    Theme,
    Topic,
    Vocabulary,
)
from wegwijzer.knowledge.sentences import Sentences
from wegwijzer.knowledge.signals import Signals


class Knowledge:
    """All records of one moment; it never changes."""

    def __init__(
        self,
        offers: Iterable[Offer],
        organisations: Iterable[Organisation],
        municipalities: Iterable[Municipality],
        themes: Iterable[Theme],
        out_of_scope: OutOfScope,
        vocabulary: Vocabulary,
        sentences: Sentences,
        assessment: Assessment,
    ) -> None:
        self.offers = {offer.id: offer for offer in offers}
        self.organisations = {organisation.id: organisation for organisation in organisations}
        self.municipalities = {municipality.id: municipality for municipality in municipalities}
        self.themes = {theme.id: theme for theme in sorted(themes, key=lambda theme: theme.position)}
        self.out_of_scope = {kind.id: kind for kind in out_of_scope.kinds}
        self.vocabulary = vocabulary
        self.sentences = sentences
        self.assessment = assessment

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """Every topic by its full name `theme/topic`."""
        return {f"{theme.id}/{topic.id}": topic for theme in self.themes.values() for topic in theme.topics}

    @cached_property
    def titles(self) -> dict[str, str]:
        """What to call a topic that may be meant, by its full name; kinds of out of scope that have a name are too."""
        kinds = {f"{OUT_OF_SCOPE}/{kind.id}": kind.label for kind in self.out_of_scope.values() if not kind.unnamed}
        return {name: topic.label for name, topic in self.topics.items()} | kinds

    @cached_property
    def choices(self) -> dict[str, tuple[Choice, ...]]:
        """The values of the parts of a profile that have few enough of them to choose from."""
        return {
            "fase": self.vocabulary.fasen,
            "herkomst": self.vocabulary.herkomsten,
            "uitkering": self.vocabulary.uitkeringen,
        }

    @cached_property
    def signals(self) -> Signals:
        """What leads to a topic whatever else is said."""
        topics = self.topics.items()
        return Signals(
            ((signal, name) for name, topic in topics for signal in topic.signals),
            (phrase for _, topic in topics for phrase in topic.harmless),
        )

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """What to call a value of a criterion: `labels["sectoren"]["bouw"]`."""
        criteria = ("sectoren", "fasen", "rechtsvormen", "herkomsten", "uitkeringen", "regios")
        labels = {
            criterion: {choice.id: choice.label for choice in getattr(self.vocabulary, criterion)}
            for criterion in criteria
        }
        labels["regios"] |= {municipality.id: municipality.name for municipality in self.municipalities.values()}
        return labels

    def offers_about(self, topic: str) -> list[Offer]:
        """The offers that name `topic`, those that name it first in front; not ended ones, nor what is only named."""
        about = [offer for offer in self.offers.values() if topic in offer.topics and offer.is_proposed]
        return sorted(about, key=lambda offer: offer.topics.index(topic))

    def offers_by(self, organisation: str) -> list[Offer]:
        """The offers that `organisation` provides; ended ones are left out, sure ones come first."""
        provided = [
            offer
            for offer in self.offers.values()
            if organisation in offer.provider.organisations and offer.state != "ended"
        ]
        return sorted(provided, key=lambda offer: offer.state != "open")
