"""Information sheets on the home page (rules.md R4)."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from banding_portal.board import Board, DateToNote, Told
from banding_portal.words import day
from schools.information_sheets.actions import actions_on_sheets
from schools.information_sheets.selectors import coming_lines, sheets_for_home
from schools.models import InformationSheet, User

SHOWN = 5
DATES = 6


def board_of(user: User) -> Board:
    """What is for the person today, unread first, with the dates to note in it."""
    sheets = sheets_for_home(user)
    lines = coming_lines(sheets, timezone.localdate())[:DATES]
    dates = [
        DateToNote(row.on, row.text, url_of(row.sheet), str(row.sheet)) for row in lines if row.on
    ]
    return Board([told_of(sheet) for sheet in sheets[:SHOWN]], dates, list(links_of(user, sheets)))


def told_of(sheet: Any) -> Told:
    hint = f"{sheet.label} · until {day(sheet.shown_until)}"
    return Told(sheet.title, url_of(sheet), hint, is_new=not sheet.is_read)


def links_of(user: User, sheets: list[InformationSheet]) -> list[tuple[str, str]]:
    write = actions_on_sheets(user).get("write")
    links = [
        ("All information sheets", reverse("schools:sheet_list")),
        ("Resources", reverse("schools:resource_list")),
        ("Training", reverse("schools:training_list")),
    ]
    return [*links, (write.words, write.url)] if write else links


def url_of(sheet: InformationSheet) -> str:
    return reverse("schools:sheet_detail", args=[sheet.pk])
