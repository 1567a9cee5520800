"""What every management command shares: `--json`, progress, and how a refusal looks.

Exit 0 when done, 1 when the input is refused (every problem listed, nothing changed),
2 for wrong usage.
"""

import argparse
import datetime as dt
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from banding_portal.database.owner import as_owner
from banding_portal.jobs.results import Issue, Progress, Result
from banding_portal.refusals import RefusalError


class RefusedCommandError(CommandError):
    """Raised after the problems are listed; the exit code is 1."""


def readable_file(text: str) -> Path:
    """For `type=` of a file argument: wrong usage (exit 2) when there is no such file."""
    path = Path(text)
    try:
        is_there = path.is_file()
    except (OSError, ValueError):  # A name that no file can have.
        is_there = False
    if not is_there:
        raise argparse.ArgumentTypeError(f"There is no file {text}.")
    if not os.access(path, os.R_OK):
        raise argparse.ArgumentTypeError(f"The file {text} may not be read.")
    return path


def writable_file(text: str) -> Path:
    """For `type=` of an output: wrong usage (exit 2) when it can't be written, before any work.

    Leaves no file behind.
    """
    path = Path(text)
    try:
        is_new = not path.exists()
        path.open("ab").close()
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or "no file has such a name"
        raise argparse.ArgumentTypeError(f"“{text}” cannot be written: {why}.") from None
    if is_new:
        path.unlink()
    return path


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What goes wrong with an output while it is written is a refusal (exit 1)."""
    try:
        yield
    except OSError as error:
        raise RefusalError(f"The file {path} cannot be written: {error.strerror}.") from error


def a_date(text: str) -> dt.date:
    """For `type=` of a day: wrong usage (exit 2) unless it is written like 2026-11-30."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text or 'Nothing'} is not a date like 2026-11-30.")


class PortalCommand(BaseCommand):
    """Base of the commands people script. `handle` ends in `self.done` or `self.refuse`; what a
    service refuses, a RefusalError, ends like the latter.
    """

    requires_migrations_checks = False
    needs_owner = False
    """Whether it invents a past, which the portal's own role could not (`database/owner.py`)."""
    lists_objects = False
    """Whether a problem that is a sentence is printed as an object too, like those of a file."""
    as_json = False
    _progress_shown = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument(
            "--json", action="store_true", help="Print one JSON object and nothing else."
        )
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        self.as_json = bool(options.get("json"))
        try:
            with as_owner() if self.needs_owner else nullcontext():
                return super().execute(*args, **options)
        except RefusalError as refusal:
            self.refuse(refusal.problems)

    def run_file(
        self, run: Callable[[Progress], Result], counts: dict[str, Any], *, dry_run: bool = False
    ) -> Result:
        """The work on a file in the foreground, undone where it has issues or is only tried.

        Issues refuse it, with these counts of nothing.
        """
        with transaction.atomic():
            result = run(self.progress)
            if result.issues or dry_run:
                transaction.set_rollback(True)
        if result.issues:
            self.refuse(result.issues, counts)
        return result

    def done(self, data: dict[str, Any], sentence: str, warnings: Sequence[Any] = ()) -> None:
        """Print the outcome: the data with `--json`, else the sentence and the warnings."""
        self._end_progress()
        self.stdout.write(as_text(data) if self.as_json else sentence)
        for warning in () if self.as_json else warnings:
            self.stderr.write(problem_line(warning))

    def refuse(self, problems: Sequence[Any], data: dict[str, Any] | None = None) -> NoReturn:
        """List every problem (an Issue, a dict or a sentence) and end with exit code 1.

        With `--json` the object has the data's keys and `problems`.
        """
        self._end_progress()
        if self.as_json:
            found = [Issue(p) if self.lists_objects and isinstance(p, str) else p for p in problems]
            listed = [p.as_dict() if isinstance(p, Issue) else p for p in found]
            self.stdout.write(as_text({**(data or {}), "problems": listed}))
        else:
            for problem in problems:
                self.stderr.write(problem_line(problem))
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise RefusedCommandError(f"{count}. Nothing has been changed.")

    def progress(self, done: int, total: int) -> None:
        """How far it is, on standard error where that is a terminal. Fits `Progress` of jobs."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{done:,} of {total:,}", ending="")
            self.stderr.flush()
            self._progress_shown = True

    def _end_progress(self) -> None:
        if self._progress_shown:
            self.stderr.write("")
            self._progress_shown = False


def as_text(data: dict[str, Any]) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)


def problem_line(problem: Any) -> str:
    """A problem as one line: where it is, what was given, what is wrong."""
    if isinstance(problem, Issue):
        problem = problem.as_dict()
    if not isinstance(problem, dict):
        return str(problem)
    row = f"row {problem['row']}" if problem.get("row") else ""
    keys = ("sheet", "heading", "who", "value")
    sheet, heading, who, value = (problem.get(key) for key in keys)
    parts = [sheet, row, heading, who, value]
    where = ", ".join(part for part in parts if part)
    text = " ".join(part for part in (problem["message"], problem.get("allowed")) if part)
    return f"{where}: {text}" if where else text
