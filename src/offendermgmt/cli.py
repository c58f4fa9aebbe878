"""The command `offendermgmt`: prepare the store, load extracts, issue reports, serve the pages."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from offendermgmt.commands import report as report_command
from offendermgmt.commands import serve as serve_command
from offendermgmt.domain.periods import Every
from offendermgmt.domain.vocabulary import Board, Unit
from offendermgmt.outputs.briefing.form import Form
from offendermgmt.outputs.marking import markings
from offendermgmt.services.desk import Desk
from offendermgmt.services.reports import REPORTS
from offendermgmt.settings import Settings
from offendermgmt.store import Store, StoreError

# What one command alone needs is imported in it, so that none waits for what the others load.
app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)


def day(text: str) -> date:
    """A day of the command line, as 2025-06-30."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day: write it as 2025-06-30.") from error


def moment(text: str) -> datetime:
    """A moment of the command line; London local time without an offset."""
    try:
        return report_command.moment(text)
    except report_command.BadRequest as error:
        raise typer.BadParameter(str(error)) from error


def month(text: str) -> date:
    """A month of the command line, as 2025-06, by its first day."""
    from offendermgmt.commands import pack as pack_command

    try:
        return pack_command.month(text)
    except report_command.BadRequest as error:
        raise typer.BadParameter(str(error)) from error


@app.command()
def init() -> None:
    """Create or upgrade the store."""
    settings = Settings()
    with _in_words(), Store(settings.database_url) as store:
        store.initialise(settings.force_ref)
        typer.echo(f"The store is ready: {store.place}.")


@app.command()
def load(
    path: Annotated[Path, typer.Argument(help="A folder of CSV files, a zip of them, a workbook, or one CSV file.")],
    strict: Annotated[bool, typer.Option("--strict", help="Load nothing if a single row is refused.")] = False,
) -> None:
    """Load an extract: exit 0 = all in, 3 = in but for refused rows, 2 = nothing loaded."""
    from offendermgmt.commands import load as load_command

    raise typer.Exit(load_command.load(path, strict=strict))


@app.command()
def report(
    name: Annotated[str, typer.Argument(metavar="NAME", help=f"One of {', '.join(REPORTS)}.")],
    as_of: Annotated[
        date | None,
        typer.Option("--as-of", parser=day, metavar="DAY", help="The end of this day (today if not given)."),
    ] = None,
    from_on: Annotated[
        date | None, typer.Option("--from", parser=day, metavar="DAY", help="First day of the range.")
    ] = None,
    to_on: Annotated[
        date | None, typer.Option("--to", parser=day, metavar="DAY", help="Last day of the range.")
    ] = None,
    every: Annotated[Every | None, typer.Option(help="Length of a period.")] = None,
    known_at: Annotated[
        datetime | None,
        typer.Option("--known-at", parser=moment, metavar="MOMENT", help="Only what had been recorded by then."),
    ] = None,
    team: Annotated[str | None, typer.Option("--team", metavar="REF", help="Only cases held in this team.")] = None,
    format_: Annotated[report_command.Format, typer.Option("--format")] = report_command.Format.TABLE,
    output: Annotated[Path | None, typer.Option("--output", help="Write to this file.")] = None,
) -> None:
    """Issue one of the reports of the data contract."""
    settings = Settings()
    with _in_words(), Store(settings.database_url) as store:
        issue = report_command.issue_report(
            Desk(store, settings.force_ref),
            name,
            now=datetime.now(UTC),
            as_of=as_of,
            from_on=from_on,
            to_on=to_on,
            every=every,
            known_at=known_at,
            team_ref=team,
        )
        text = report_command.WRITERS[format_](issue)
        if output is None:
            sys.stdout.write(text)
        else:
            output.write_text(text, encoding="utf-8", newline="")


@app.command()
def brief(
    team: Annotated[str | None, typer.Option("--team", metavar="REF", help="Only cases held in this team.")] = None,
    unit: Annotated[Unit | None, typer.Option(help="Whose morning; the team's unit, or MOSOVO, if not given.")] = None,
    on: Annotated[
        date | None, typer.Option("--date", parser=day, metavar="DAY", help="This morning (today's if not given).")
    ] = None,
    known_at: Annotated[
        datetime | None,
        typer.Option("--known-at", parser=moment, metavar="MOMENT", help="Only what had been recorded by then."),
    ] = None,
    format_: Annotated[
        Form | None, typer.Option("--format", help="As the file's name ends, or html, if not given.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Write to this file, or to this folder under a marked name.")
    ] = None,
) -> None:
    """Write the morning of a unit or a team on two sides of A4, without names."""
    from offendermgmt.commands import brief as brief_command

    settings = Settings()
    with _in_words(), Store(settings.database_url) as store:
        desk, now = Desk(store, settings.force_ref), datetime.now(UTC)
        asked = brief_command.morning_asked(desk, now=now, team_ref=team, unit=unit, on=on, known_at=known_at)
        form, marked = brief_command.form_of(format_, output), markings(synthetic=settings.demo)
        place = brief_command.issue_briefing(desk, asked, marked, form, now, output)
        if place is not None:
            typer.echo(f"Written: {place}", err=True)


@app.command()
def pack(
    board: Annotated[Board, typer.Option(help="Whose pack: senior leadership's, or one of the two boards'.")],
    output: Annotated[
        Path, typer.Option("--output", help="Write to this .pptx, .xlsx or .pdf, or slides to this folder.")
    ],
    month_on: Annotated[
        date | None,
        typer.Option("--month", parser=month, metavar="MONTH", help="As 2025-06; the newest whole one if not given."),
    ] = None,
    months: Annotated[int, typer.Option(help="How many months the trends go back: 13 or 36.")] = 13,
    template: Annotated[
        Path | None, typer.Option("--template", help="The force's own PowerPoint template, .pptx or .potx.")
    ] = None,
) -> None:
    """Make a board's pack of a month: slides, a workbook or a paper, without names."""
    from offendermgmt.commands import pack as pack_command

    settings = Settings()
    with _in_words(), Store(settings.database_url) as store:
        place = pack_command.issue_pack(
            Desk(store, settings.force_ref),
            board,
            markings(synthetic=settings.demo),
            now=datetime.now(UTC),
            month_on=month_on,
            months=months,
            output=output,
            template=template,
        )
        typer.echo(f"Written: {place}", err=True)


@app.command()
def demo(
    port: Annotated[int | None, typer.Option(help="Port on 127.0.0.1; 8501 or the next free one if not given.")] = None,
) -> None:
    """Make a store of synthetic data up to today, and serve the pages over it."""
    from offendermgmt.commands import demo as demo_command

    with _in_words():
        demo_command.demo(port=port)


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(help="Port to listen on; 8501 or the next free one if not given.")] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = serve_command.THIS_MACHINE,
) -> None:
    """Serve the pages over the configured store."""
    with _in_words():
        serve_command.serve(host=host, port=port)


@contextmanager
def _in_words() -> Iterator[None]:
    """Say what went wrong in a sentence, and end with exit code 2."""
    try:
        yield
    except (StoreError, report_command.BadRequest, serve_command.CannotServe, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
