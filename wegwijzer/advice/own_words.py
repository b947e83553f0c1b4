"""Which answer to a question of the assessment is meant by what somebody typed.

How well that goes is measured in `tests/advice/test_own_words.py`.
"""

from collections.abc import Mapping

from wegwijzer.knowledge.assessment import Answer, Question
from wegwijzer.knowledge.phrases import pick, words_of

ALIKE = 0.87
"""From this cosine on, words mean the answer that they are most like; measured in `tests/advice/own_words.yml`."""
AHEAD = 0.006
"""By so much it has to be more like that answer than like the next."""
ELSEWHERE = 0.01
"""An answer to another question may be more like it by so much: what is said of staff is no answer about computers."""
ASKING = frozenset(
    """
    hoe hoeveel hoelang wat waar waarvoor waarmee wie welk welke wanneer waarom kan kun mag mogen bestaat bestaan
    heeft hebben zijn is how what where can
    """.split()
)


def chosen(text: str, question: Question, likeness: Mapping[str, float]) -> Answer | None:
    """The answer to `question` that `text` gives: by its place, in its words, or in words that mean the same.

    Whoever asks something gives no answer.
    """
    words = words_of(text)
    if not words:
        return None
    for answer in question.answers:
        if words in [words_of(phrase) for phrase in (answer.label, *answer.words)]:
            return answer
    pointed_at = pick(text, question.answers)
    if pointed_at or text.rstrip().endswith("?") or words[0] in ASKING:
        return pointed_at
    return _alike(question, likeness)


def _alike(question: Question, likeness: Mapping[str, float]) -> Answer | None:
    here = {answer.id: likeness.get(f"{question.id}/{answer.id}", 0.0) for answer in question.answers}
    (best, cosine), (_, second) = sorted(here.items(), key=lambda pair: -pair[1])[:2]
    elsewhere = max((of for name, of in likeness.items() if not name.startswith(f"{question.id}/")), default=0.0)
    is_meant = cosine >= ALIKE and cosine - second >= AHEAD and cosine >= elsewhere - ELSEWHERE
    return question.answer(best) if is_meant else None
