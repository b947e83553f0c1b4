"""What Rasa needs from the knowledge, made from it: the opening sentences as responses in `domain.yml`."""

from pathlib import Path

import yaml

from wegwijzer.errors import KnowledgeError
from wegwijzer.knowledge.files import KnowledgeFiles

BEGIN = "  # generated: begin\n"
END = "  # generated: end\n"


def with_generated_part(domain: str, knowledge: KnowledgeFiles) -> str:
    """The text of `domain.yml` with its generated part made anew from `knowledge`.

    Raises KnowledgeError when the text has no markers around a generated part.
    """
    before, begin, rest = domain.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise KnowledgeError(f"domain.yml has no part between {BEGIN.strip()!r} and {END.strip()!r}")
    return before + BEGIN + _responses(knowledge) + END + after


def generate(domain_file: Path, knowledge: KnowledgeFiles) -> bool:
    """Renew the generated part of `domain_file`; True when it changed."""
    old = domain_file.read_text(encoding="utf-8")
    new = with_generated_part(old, knowledge)
    if new != old:
        domain_file.write_text(new, encoding="utf-8")
    return new != old


def _responses(knowledge: KnowledgeFiles) -> str:
    openings = {f"{theme.id}/{topic.id}": topic.opening for theme in knowledge.themes for topic in theme.topics}
    openings |= {f"buiten_bereik/{kind.id}": kind.answer for kind in knowledge.out_of_scope.kinds}
    responses = {f"utter_{topic}": [{"text": opening}] for topic, opening in sorted(openings.items())}
    written: str = yaml.safe_dump(responses, allow_unicode=True, sort_keys=False, width=1000)
    return "".join(f"  {line}\n" for line in written.splitlines())
