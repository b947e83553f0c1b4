"""What to do with a question, from one distribution over all topics: answer, offer a choice, or pass.

Beside an answer that is not sure stands what else may have been meant: whoever was misunderstood is a press away from
the right topic, and whoever was not has the answer already.

Live chat and `wegwijzer evaluate` both decide here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wegwijzer.knowledge.records import OUT_OF_SCOPE

MOST_CHOICES = 3
MOST_BESIDE = 2


@dataclass(frozen=True)
class Thresholds:
    """How sure is sure enough, as probabilities."""

    theme: float = 0.30
    """From here on the best topic of the leading theme is answered at once."""
    topic: float = 0.45
    """When that topic is below this and another of the theme comes near, that one is offered beside it."""
    near: float = 0.90
    """So near, as a part of the probability of the best topic."""
    out_of_scope: float = 0.40
    """From here on a question is said to be out of scope."""
    choice: float = 0.02
    """A topic below this is not worth offering as a choice."""
    other: float = 0.03
    """From here on another theme is offered beside an answer."""
    hopeless: float = 0.10
    """When the choices together are below this, offering them would be guessing."""
    beside: float = 0.25
    """From here on a theme is asked about in a message that tells of the business first."""
    part: float = 0.50
    """From here on a part of a message asks about a topic of its own."""
    subject: float = 0.003
    """From here on a call for a person says what it is about, when one topic has most of that."""
    most: float = 0.70
    """So much is most."""


@dataclass(frozen=True)
class Answer:
    """Go straight on with this topic (`theme/topic`); `others` may be meant instead, or are asked in the same message
    when that is `also` so; at most two."""

    topic: str
    others: tuple[str, ...] = ()
    also: bool = False


@dataclass(frozen=True)
class Choice:
    """Ask which of these topics is meant, at most three, most probable first; one may be out of scope."""

    topics: tuple[str, ...]


@dataclass(frozen=True)
class OutOfScope:
    """Say that this kind of question is not ours, and where to turn; `others` and `also` are as those of an answer."""

    kind: str
    others: tuple[str, ...] = ()
    also: bool = False


@dataclass(frozen=True)
class Miss:
    """Nothing is probable enough: say so."""


Decision = Answer | Choice | OutOfScope | Miss


def decide(topics: Mapping[str, float], thresholds: Thresholds = Thresholds()) -> Decision:
    """Decide on a distribution of probabilities by topic (`theme/topic`) or plain intent.

    Plain intents (a greeting, a yes) take part in the distribution but are never answered here.
    """
    asked = {topic: probability for topic, probability in topics.items() if "/" in topic}
    themes = _themes(asked)
    ranked = sorted(asked, key=lambda topic: -asked[topic])
    if not ranked:
        return Miss()

    leader = max(themes, key=lambda theme: themes[theme])
    best = next(topic for topic in ranked if theme_of(topic) == leader)
    others = _others(asked, ranked, best, thresholds)
    if leader == OUT_OF_SCOPE and themes[leader] >= thresholds.out_of_scope:
        return OutOfScope(best.removeprefix(f"{OUT_OF_SCOPE}/"), others)
    if leader != OUT_OF_SCOPE and themes[leader] >= thresholds.theme:
        return Answer(best, others)
    return _choice(asked, ranked, thresholds) or Miss()


def decide_on_all(
    topics: Mapping[str, float], parts: Sequence[Mapping[str, float]], thresholds: Thresholds = Thresholds()
) -> Decision:
    """As `decide`, for a message whose parts have distributions of their own: two questions are both heard.

    "We find no staff and want solar panels" is answered for what leads in the whole, with the other topic beside it.
    """
    decision = decide(topics, thresholds)
    asked = tuple(dict.fromkeys(_asked_in(parts, thresholds)))
    if len(asked) < 2:
        return decision
    if isinstance(decision, Choice | Miss):
        decision = Answer(asked[0])
    leader = decision.topic if isinstance(decision, Answer) else ""
    return replace(decision, others=tuple(topic for topic in asked if topic != leader)[:MOST_BESIDE], also=True)


def _asked_in(parts: Iterable[Mapping[str, float]], thresholds: Thresholds) -> Iterator[str]:
    """The topic that each part of a message surely asks about, in their order; what is out of scope is left out."""
    for part in parts:
        topic, probability = max(part.items(), key=lambda pair: pair[1], default=("", 0.0))
        if probability >= thresholds.part and "/" in topic and theme_of(topic) != OUT_OF_SCOPE:
            yield topic


def asked_beside(topics: Mapping[str, float], thresholds: Thresholds = Thresholds()) -> Mapping[str, float]:
    """What is asked in a message that is mostly something else: the distribution over its topics alone.

    "We run a bakery in Kerkrade and find no staff" is for the most part an introduction. Empty when nothing is asked.
    """
    themes = _themes({topic: probability for topic, probability in topics.items() if "/" in topic})
    themes.pop(OUT_OF_SCOPE, None)
    return only_questions(topics) if max(themes.values(), default=0.0) >= thresholds.beside else {}


def subject(topics: Mapping[str, float], thresholds: Thresholds = Thresholds()) -> str | None:
    """What a call for a person is about: "I want to speak to somebody about my tax debt"; None when it only calls.

    A bare call leaves a hundred thousandth for all topics together, and no more than two thirds of that for one.
    """
    asked = {topic: chance for topic, chance in topics.items() if "/" in topic and not topic.startswith(OUT_OF_SCOPE)}
    best, mass = max(asked, key=lambda topic: asked[topic], default=None), sum(asked.values())
    return best if best and mass >= thresholds.subject and asked[best] >= thresholds.most * mass else None


def asked_in_part(parts: Sequence[Mapping[str, float]], thresholds: Thresholds = Thresholds()) -> Mapping[str, float]:
    """The distribution over the topics of the first part of a message that surely asks something; empty without one.

    "Are we under NIS2? We are a haulier with 85 people" is for the most part an introduction too.
    """
    asking = (part for part in parts if next(_asked_in([part], thresholds), None))
    return only_questions(next(asking, {}))


def only_questions(topics: Mapping[str, float]) -> Mapping[str, float]:
    """The distribution over topics alone, for a message that turned out to be none of the plain intents."""
    asked = {topic: probability for topic, probability in topics.items() if "/" in topic}
    total = sum(asked.values())
    return {topic: probability / total for topic, probability in asked.items()} if total else {}


def _is_near(asked: Mapping[str, float], topic: str, best: str, thresholds: Thresholds) -> bool:
    return topic != best and asked[best] < thresholds.topic and asked[topic] >= thresholds.near * asked[best]


def _themes(asked: Mapping[str, float]) -> dict[str, float]:
    themes: dict[str, float] = {}
    for topic, probability in asked.items():
        themes[theme_of(topic)] = themes.get(theme_of(topic), 0.0) + probability
    return themes


def theme_of(topic: str) -> str:
    """The theme of `theme/topic`."""
    return topic.split("/", 1)[0]


def _others(asked: Mapping[str, float], ranked: list[str], best: str, thresholds: Thresholds) -> tuple[str, ...]:
    themes, leader = _themes(asked), theme_of(best)
    rivals = [topic for topic in ranked if theme_of(topic) == leader and _is_near(asked, topic, best, thresholds)]
    best_of = _best_of_each_theme(ranked)
    probable = [topic for theme, topic in best_of.items() if theme != leader and themes[theme] >= thresholds.other]
    return tuple([*rivals, *probable][:MOST_BESIDE])


def _choice(asked: Mapping[str, float], ranked: list[str], thresholds: Thresholds) -> Choice | None:
    worth_offering = [topic for topic in ranked if asked[topic] >= thresholds.choice]
    # The best topic of each theme: three topics of one theme would leave the others no way out.
    offered = tuple(_best_of_each_theme(worth_offering).values())[:MOST_CHOICES]
    enough = sum(asked[topic] for topic in offered) >= thresholds.hopeless
    return Choice(offered) if enough else None


def _best_of_each_theme(ranked: list[str]) -> dict[str, str]:
    best_of: dict[str, str] = {}
    for topic in ranked:
        best_of.setdefault(theme_of(topic), topic)
    return best_of
