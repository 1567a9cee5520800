"""Information sheets on the home page (rules.md R4)."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from banding_portal.board import Board, DateToNote, Told
from banding_portal.words import day
from schools.information_sheets.actions import actions_on_sheets
from schools.information_sheets.selectors import sheets_for_home
from schools.models import InformationSheet, User

SHOWN = 5
DATES = 8


def board_of(user: User) -> Board:
    """What is for the person today, unread first, with the dates to note in it."""
    sheets = sheets_for_home(user)
    told = [told_of(sheet) for sheet in sheets[:SHOWN]]
    return Board(told, dates_for(user, sheets), list(links_of(user, sheets)))


def dates_for(user: User, sheets: list[Any]) -> list[DateToNote]:
    """The next of them, of sheets, collections and training alike; the same once."""
    lines = [line for sheet in sheets for line in sheet.coming]
    dates = [DateToNote(dt.date.fromisoformat(line["on"]), line["text"]) for line in lines]
    for path in settings.DATE_SOURCES:
        dates += import_string(path)(user)
    return sorted(dict.fromkeys(dates), key=lambda note: note.on)[:DATES]


def told_of(sheet: Any) -> Told:
    hint = f"{sheet.label} · until {day(sheet.shown_until)}"
    return Told(sheet.title, url_of(sheet), hint, is_new=not sheet.is_read)


def links_of(user: User, sheets: list[Any]) -> list[tuple[str, str]]:
    write = actions_on_sheets(user).get("write")
    links = [
        ("All information sheets", reverse("schools:sheet_list")),
        ("Resources", reverse("schools:resource_list")),
        ("Training", reverse("schools:training_list")),
    ]
    return [*links, (write.words, write.url)] if write else links


def url_of(sheet: InformationSheet) -> str:
    return reverse("schools:sheet_detail", args=[sheet.pk])
