"""The pages on which people say what headings and values of their own files mean.

A kind of upload subclasses both and names its `files` and `columns`; see banding/caseload/views.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from banding_portal.csv_response import csv_response
from banding_portal.files.columns import Column
from banding_portal.files.own_words import UnknownHeading, UnknownValue, unknown_values
from banding_portal.jobs.services import preview_again
from banding_portal.learned.forms import MeaningsForm
from banding_portal.learned.selectors import learned_words
from banding_portal.learned.services import (
    WORD_COLUMNS,
    WORD_LIMITS,
    forget_words,
    learn_words,
    load_words,
)
from banding_portal.models import LearnedWord
from banding_portal.pages import FormPage, ListPage
from banding_portal.pages.sorting import by
from banding_portal.uploads.forms import UploadForm
from banding_portal.uploads.states import UploadState
from banding_portal.uploads.views import UploadPages
from banding_portal.words import counted

NOTHING = "There is nothing in this file that needs explaining."
HEADS = [column.heading for column in WORD_COLUMNS]
MANY = 100
"""More values of their own than this are no matter of spelling."""


class Questions:
    """What a file that was refused holds that nobody has explained yet."""

    def __init__(self, upload: Any, columns: Sequence[Column]) -> None:
        asked = upload.preview.get("headings", {}) if upload.state == UploadState.REFUSED else {}
        by_key = {column.key: column for column in columns}
        self.headings = [UnknownHeading(*each) for each in asked.get("unknown", ())]
        self.missing = [by_key[key] for key in asked.get("missing", ()) if key in by_key]
        found: list[UnknownValue] = []
        if upload.state == UploadState.REFUSED:
            found = unknown_values(upload.issues, columns)
        self.values = found[:MANY]

    def __bool__(self) -> bool:
        return bool(self.values) or bool(self.headings and self.missing)


class UploadMeanings(UploadPages, FormPage[Any], abstract=True):
    """Headings and values of one file. What is said is remembered, and the file checked again."""

    form_class = MeaningsForm
    template_name = "uploads/meanings.html"
    files: ClassVar[str]
    columns: ClassVar[Sequence[Column]]

    def find(self) -> Any:
        return self.find_job()

    @cached_property
    def questions(self) -> Questions:
        return Questions(self.found, self.columns)

    def why_closed(self) -> str:
        return "" if self.questions else NOTHING

    def form_options(self) -> dict[str, Any]:
        asked = self.questions
        return {"headings": asked.headings, "values": asked.values, "missing": asked.missing}

    def act(self, form: MeaningsForm) -> str:
        count = learn_words(
            files=self.files, columns=self.columns, words=form.words(), by=self.user
        )
        preview_again(self.found, by=self.user)
        return f"{counted(count, 'meaning')} remembered. The file is being checked again."

    def next_url(self) -> str:
        return self.detail_url(self.found)

    def back_url(self) -> str:
        return self.detail_url(self.found)

    def context(self) -> dict[str, Any]:
        return {"upload": self.found, "up": self.back_url(), "missing": self.questions.missing}


class LearnedWords(ListPage[None], abstract=True):
    """What was said and is remembered. POST forgets what is ticked; `?file=csv` is all of it."""

    template_name = "uploads/learned.html"
    orders: ClassVar = {
        "in_the_file": by("folded", "pk"),
        "column": by("column", "folded"),
        "means": by("meaning", "folded"),
        "said": by("said_at", "folded"),
    }
    files: ClassVar[str]
    columns: ClassVar[Sequence[Column]]
    create_name: ClassVar[str]
    load_name: ClassVar[str]

    def rows(self, wanted: dict[str, Any]) -> Any:
        del wanted
        return learned_words(self.files)

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.request.GET.get("file") != "csv":
            return super().get(*args, **kwargs)
        words = learned_words(self.files)
        rows = [(each.column, each.word, each.meaning) for each in words]
        return csv_response(f"words-of-{self.files}-files.csv", HEADS, rows)

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.attempt(self.act)

    def act(self) -> str:
        ticked = [pk for pk in self.request.POST.getlist("words") if is_uuid(pk)]
        count = forget_words(files=self.files, ids=ticked, by=self.user)
        return f"{counted(count, 'meaning')} forgotten."

    def next_url(self) -> str:
        return self.request.get_full_path()

    def context(self) -> dict[str, Any]:
        headings = {column.key: column.heading for column in self.columns}
        words: list[LearnedWord] = list(self.page_obj.object_list)
        return {
            "words": [(word, headings.get(word.column, word.column)) for word in words],
            "files": self.files,
            "parent_url": reverse(self.create_name),
            "load_url": reverse(self.load_name),
        }


class LearnedWordsUpload(FormPage[None], abstract=True):
    """Words that were downloaded here or at another authority."""

    form_class = UploadForm
    template_name = "uploads/learned_load.html"
    files: ClassVar[str]
    columns: ClassVar[Sequence[Column]]
    list_name: ClassVar[str]

    def form_options(self) -> dict[str, Any]:
        return {"limits": WORD_LIMITS}

    def act(self, form: UploadForm) -> str:
        file = form.cleaned_data["file"]
        given = {"filename": file.name, "content": file.read()}
        count = load_words(files=self.files, columns=self.columns, **given, by=self.user)
        return f"{counted(count, 'meaning')} remembered."

    def next_url(self) -> str:
        return reverse(self.list_name)

    def context(self) -> dict[str, Any]:
        return {"up": self.next_url(), "columns": WORD_COLUMNS, "files": self.files}


def is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
