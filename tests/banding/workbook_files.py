"""Fills in templates as a school would, for the tests."""

import csv
import io

from openpyxl import load_workbook

from banding.models import Return, ReturnPupil, TemplateUpload
from banding.templates_io.services import issue_template, template_file
from schools.models import User
from tests.factories import UserFactory
from tests.jobs import work_on

KEY = "Row"


class Filled:
    """A return's template, to be filled in by heading: `sheet.fill(row, Band="C")`.

    `row` is a ReturnPupil or the number of a row; underscores in a heading stand for spaces.
    """

    def __init__(self, pupil_return: Return, by: User | None = None) -> None:
        issued = issue_template(pupil_return=pupil_return, by=by or UserFactory())
        self.file = template_file(issued)
        self.book = load_workbook(io.BytesIO(self.file.content))
        self.pupils, self.joiners = self.book["Pupils"], self.book["Joiners"]

    def headings(self, sheet=None) -> dict[str, int]:
        sheet = sheet or self.pupils
        return {cell.value: cell.column for cell in sheet[1] if cell.value}

    def number_of(self, row: ReturnPupil | int) -> int:
        if isinstance(row, int):
            return row
        column = self.headings()[KEY]
        cells = (self.pupils.cell(number, column) for number in range(2, 2100))
        return next(cell.row for cell in cells if cell.value == str(row.pk))

    def cell(self, row: ReturnPupil | int, heading: str):
        return self.pupils.cell(self.number_of(row), self.headings()[heading])

    def fill(self, row: ReturnPupil | int, **values) -> "Filled":
        for heading, value in values.items():
            self.cell(row, heading.replace("_", " ")).value = value
        return self

    def decide(self, row: ReturnPupil | int, level="2", band="B", **values) -> "Filled":
        """The same level in both areas of the test framework, and a band."""
        return self.fill(
            row,
            Cognition_and_learning=level,
            Communication_and_interaction=level,
            Band=band,
            **values,
        )

    def add_joiner(self, number: int = 2, **values) -> "Filled":
        given = {
            "Surname": "Newcomer",
            "Forename": "Nell",
            "Date of birth": "04/03/2018",
            "Date joined": "01/11/2026",
            "Plan": "EHCP",
        } | {heading.replace("_", " "): value for heading, value in values.items()}
        for heading, value in given.items():
            self.joiners.cell(number, self.headings(self.joiners)[heading]).value = value
        return self

    @property
    def content(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    @property
    def as_csv(self) -> bytes:
        out = io.StringIO()
        writer = csv.writer(out)
        for row in self.pupils.iter_rows():
            dates = (getattr(cell.value, "strftime", None) for cell in row)
            writer.writerow(
                f(r"%d/%m/%Y") if f else cell.value for f, cell in zip(dates, row, strict=True)
            )
        return out.getvalue().encode()


def uploaded(
    pupil_return: Return, content: bytes, name: str = "autumn.xlsx", by: User | None = None
) -> TemplateUpload:
    """An upload waiting to be checked."""
    upload = TemplateUpload(pupil_return=pupil_return, started_by=by or UserFactory())
    upload.set_file(name, content)
    upload.save()
    return upload


def checked(upload: TemplateUpload) -> TemplateUpload:
    """The upload after the worker has read it."""
    work_on(upload)
    upload.refresh_from_db()
    return upload
