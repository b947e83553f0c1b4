"""The command line: `wegwijzer --help` lists what there is."""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from wegwijzer.conversations.confirmed import confirmed as confirmed_questions
from wegwijzer.conversations.sites import Site, read_sites
from wegwijzer.database import engine_for, migrate
from wegwijzer.errors import KnowledgeError, WegwijzerError
from wegwijzer.evaluation.questions import COLUMNS
from wegwijzer.handover.consent import read_consent
from wegwijzer.handover.keys import contact_cipher
from wegwijzer.handover.partners import read_partners
from wegwijzer.handover.store import HandoverStore
from wegwijzer.knowledge.files import KnowledgeFiles, read_knowledge
from wegwijzer.knowledge.likeness import Encode, Vector, encode
from wegwijzer.knowledge.loading import bring_up_to_date
from wegwijzer.knowledge.records import Municipality, Offer, Organisation, Record, Theme
from wegwijzer.settings import Settings, get_settings
from wegwijzer.upkeep.checking import findings
from wegwijzer.upkeep.findings import Finding, has_failed, show, summary

app = typer.Typer(help="Wegwijzer: from a question to the support that fits.", no_args_is_help=True)
knowledge = typer.Typer(help="The knowledge files.", no_args_is_help=True)
app.add_typer(knowledge, name="knowledge")
console = Console(stderr=True)

BEFORE_THE_REST = "Mend this first; then names of other records, days, criteria and the like are looked at."


class Kind(StrEnum):
    """A kind of record in the knowledge files."""

    OFFER = "offer"
    ORGANISATION = "organisation"
    MUNICIPALITY = "municipality"
    THEME = "theme"
    SITE = "site"


RECORDS: dict[Kind, type[Record]] = {
    Kind.OFFER: Offer,
    Kind.ORGANISATION: Organisation,
    Kind.MUNICIPALITY: Municipality,
    Kind.THEME: Theme,
    Kind.SITE: Site,
}


@knowledge.command()
def check(
    links: Annotated[bool, typer.Option("--links", help="Ask every address whether it still answers.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Show more than the first ten of a kind of warning.")
    ] = False,
) -> None:
    """Check every knowledge file: file, line and field of each fault; then what a person should look at."""
    settings = get_settings()
    try:
        files = read_knowledge(settings.knowledge_folder)
    except KnowledgeError as error:
        raise KnowledgeError(f"{error}\n{BEFORE_THE_REST}") from None
    read_sites(settings.sites_file)
    read_partners(settings.knowledge_folder / "partners", {one.id for one in files.organisations})
    read_consent(settings.knowledge_folder / "consent.yml")
    found = [*findings(files, settings.current_day()), *(_findings_of_links(files) if links else ())]
    output = Console()
    show(found, settings.knowledge_folder, output, everything)
    output.print(summary(files, found), highlight=False)
    if has_failed(found, strict):
        raise typer.Exit(1)


def _findings_of_links(files: KnowledgeFiles) -> list[Finding]:
    from wegwijzer.upkeep.links import ask, distinct, findings_of

    asked = distinct(files)
    with Progress(console=console, transient=True) as progress:
        return findings_of(files, dict(progress.track(ask(asked), total=len(asked), description="Asking addresses")))


@knowledge.command()
def schema(kind: Annotated[Kind, typer.Argument(help="The kind of record.")]) -> None:
    """Print the JSON schema of a kind of record, for editors that check while you type."""
    print(json.dumps(RECORDS[kind].model_json_schema(), indent=2, ensure_ascii=False))  # noqa: T201 - it is the output


@knowledge.command()
def load() -> None:
    """Bring the database up to date: tables first, then the knowledge, if it changed."""
    with Progress(console=console, transient=True) as progress:
        _, changed = bring_up_to_date(get_settings(), _shown(progress))
    console.print("The knowledge is loaded." if changed else "The knowledge was up to date.")


def _shown(progress: Progress) -> Encode:
    def encode_and_show(texts: Sequence[str]) -> Iterable[Vector]:
        return progress.track(encode(texts), total=len(texts), description="Encoding new sentences")

    return encode_and_show


@app.command()
def train(force: Annotated[bool, typer.Option(help="Train although nothing changed.")] = False) -> None:
    """Train the engine's model when its inputs changed since the last time."""
    from wegwijzer.operation.training import train_if_changed

    train_if_changed(force=force)


@app.command()
def evaluate(
    questions: Annotated[Path, typer.Argument(help="CSV file: id,text,theme,topic,second_theme.")],
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all figures to this file.")] = None,
    charts: Annotated[Path | None, typer.Option(help="Draw the figures into this folder, as SVG.")] = None,
) -> None:
    """Ask questions as visitors would; tell how many were understood, and where it went wrong."""
    from wegwijzer.evaluation.charts import draw
    from wegwijzer.evaluation.evaluating import judge
    from wegwijzer.evaluation.questions import read_questions
    from wegwijzer.evaluation.report import report
    from wegwijzer.evaluation.tables import show

    settings = get_settings()
    themes = [theme.id for theme in read_knowledge(settings.knowledge_folder).themes]
    figures = report(judge(read_questions(questions, themes), settings, console))
    show(figures, Console())
    _write(figures, json_file)
    for file in draw(figures, charts) if charts else ():
        console.print(f"Drawn: {file}")


@app.command()
def thresholds(
    questions: Annotated[Path, typer.Argument(help="CSV file: id,text,theme,topic,second_theme.")],
) -> None:
    """Tell from how sure on it should answer: which thresholds cost whoever asks least on these questions."""
    from wegwijzer.evaluation.evaluating import judge
    from wegwijzer.evaluation.questions import read_questions
    from wegwijzer.evaluation.thresholds import show, tried

    settings = get_settings()
    themes = [theme.id for theme in read_knowledge(settings.knowledge_folder).themes]
    show(tried(judge(read_questions(questions, themes), settings, console)), Console())


@app.command("evaluate-offers")
def evaluate_offers(
    cases: Annotated[Path, typer.Argument(help="YAML list: id, text, profile, ideal, acceptable, wrong, partner.")],
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all figures to this file.")] = None,
) -> None:
    """Ask questions of businesses that are known; tell how often the right offers and partners are proposed."""
    from wegwijzer.evaluation.evaluating import propose_offers
    from wegwijzer.evaluation.offer_cases import profile_of, read_cases
    from wegwijzer.evaluation.offers import report, show

    settings = get_settings()
    known = read_knowledge(settings.knowledge_folder).snapshot()
    read = [(case, *profile_of(case, known)) for case in read_cases(cases, known)]
    for case, _, unused in read:
        if unused:
            console.print(f"{case.id}: left out of the profile, because nobody knows it: {', '.join(unused)}")
    figures = report(propose_offers([(case, profile) for case, profile, _ in read], settings, console))
    show(figures, Console())
    _write(figures, json_file)


def _write(figures: dict[str, Any], file: Path | None) -> None:
    if file:
        file.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


@app.command("evaluate-mentions")
def evaluate_mentions(
    table: Annotated[Path, typer.Argument(help="Lines: what is typed | part=value part=value.")],
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all figures to this file.")] = None,
) -> None:
    """Tell how much of what is mentioned of a business is heard: precision and recall by part."""
    from wegwijzer.evaluation.mentions import figures, heard, read_table, show
    from wegwijzer.knowledge.mentions import MentionReader

    reader = MentionReader(read_knowledge(get_settings().knowledge_folder).snapshot())
    found = figures((told, heard(reader, text)) for text, told in read_table(table))
    show(found, Console())
    _write(found, json_file)


@app.command()
def confirmed() -> None:
    """Print the questions whose topic a visitor picked, as CSV: review them, then add them to bot/data."""
    settings = get_settings()
    migrate(settings.database_url)
    lines = csv.writer(sys.stdout, lineterminator="\n")
    lines.writerow(COLUMNS)
    for number, one in enumerate(confirmed_questions(engine_for(settings.database_url)), start=1):
        theme, _, topic = one.topic.partition("/")
        lines.writerow([number, one.text, theme, topic, ""])


@app.command()
def deliver(once: Annotated[bool, typer.Option("--once", help="Send what is due now, then end.")] = False) -> None:
    """Send handovers to their partners until told to stop; several may run at once."""
    from wegwijzer import logs
    from wegwijzer.handover import delivering

    settings = get_settings()
    logs.configure(settings.log_format)
    if once:
        console.print(f"Attempts made: {delivering.deliver_once(settings)}")
    else:
        delivering.deliver(settings)


@app.command()
def handovers() -> None:
    """List the handovers that could not be delivered, and those that wait: a person has to look at the first."""
    store = _handover_store(get_settings())
    table = Table("reference", "partner", "state", "since")
    for one in store.in_state("failed", "queued"):
        table.add_row(one.reference, one.partner, one.state, f"{one.changed_at:%Y-%m-%d %H:%M}")
    Console().print(table if table.row_count else "Every handover was delivered.")


@app.command("partner-sandbox")
def partner_sandbox() -> None:
    """Be a partner on this machine, for the demo: check and show the handovers that come in."""
    from wegwijzer.handover.sandbox import run_sandbox

    run_sandbox(get_settings())


@app.command()
def purge(
    rotate: Annotated[bool, typer.Option("--rotate", help="Also encrypt contact details with the newest key.")] = False,
) -> None:
    """Erase what is kept no longer: conversations, reports, contact details and handovers, each after its own days."""
    from wegwijzer.conversations.erasure import Erasure
    from wegwijzer.conversations.reports import ReportStore
    from wegwijzer.conversations.store import ConversationStore
    from wegwijzer.handover.erasing import HandoverErasure
    from wegwijzer.retention import Retention

    settings = get_settings()
    migrate(settings.database_url)
    database = engine_for(settings.database_url)
    conversations = ConversationStore(database, settings.session_minutes)
    erasure = Erasure(conversations, (), engine_for(settings.tracker_url))
    reports = ReportStore(database, settings.current_day)
    for kind, count in Retention(erasure, reports, HandoverErasure(database), settings).purge().items():
        console.print(f"Erased {kind}: {count}")
    if rotate:
        console.print(f"Encrypted anew: {_handover_store(settings).rotate()}")


def _handover_store(settings: Settings) -> HandoverStore:
    migrate(settings.database_url)
    return HandoverStore(engine_for(settings.database_url), contact_cipher(settings))


@app.command()
def run() -> None:
    """Start all processes, and stop them all on Ctrl-C."""
    from wegwijzer.operation.running import run_all

    sys.exit(run_all(get_settings()))


def main() -> None:
    """Run a command; our own errors are told in their own words, without a traceback."""
    try:
        app()
    except WegwijzerError as error:
        # As it is: ":100:" in a place is no emoji.
        console.print(str(error), style="red", markup=False, emoji=False, highlight=False, soft_wrap=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
