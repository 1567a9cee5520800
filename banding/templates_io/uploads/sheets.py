"""The sheets of an uploaded template, found and matched with the column tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from banding.templates_io.workbooks.columns import JOINER_COLUMNS, JOINERS, PUPILS, Column, folded
from banding.templates_io.workbooks.headings import Headings, match_headings
from banding.templates_io.workbooks.lines import Line, lines_of
from banding_portal.uploads.results import Issue
from banding_portal.workbooks.cells import Sheet
from banding_portal.workbooks.reading import read_sheets


class SheetsError(ValueError):
    """Raised for a file without the sheet that matters; the message is for the person."""


@dataclass
class TemplateSheets:
    """The Pupils sheet, and the Joiners sheet where it is there."""

    pupils: Sheet
    joiners: Sheet | None
    pupil_headings: Headings = field(init=False)
    joiner_headings: Headings | None = field(init=False, default=None)

    @classmethod
    def read(cls, filename: str, content: bytes) -> "TemplateSheets":
        """Raises RefusedFile or SheetsError with a sentence."""
        sheets = read_sheets(filename, content, wanted=[PUPILS, JOINERS])
        named: dict[str, Sheet] = {}
        for sheet in sheets:
            named.setdefault(folded(sheet.name or PUPILS), sheet)
        pupils = named.get(folded(PUPILS))
        if pupils is None:
            raise SheetsError(
                f"The file has no sheet called “{PUPILS}”. Upload the template you downloaded "
                "from the return's page."
            )
        # A .csv file is the Pupils sheet alone and has no name of its own.
        return cls(Sheet(pupils.name or PUPILS, pupils.rows), named.get(folded(JOINERS)))

    def match(self, columns: Sequence[Column]) -> None:
        """Find the columns by their headings; an empty Joiners sheet needs none."""
        self.pupil_headings = match_headings(self.pupils, columns)
        if self.joiners is not None and len(self.joiners.rows) > 1:
            self.joiner_headings = match_headings(self.joiners, JOINER_COLUMNS)

    @property
    def _headings(self) -> list[Headings]:
        return [each for each in (self.pupil_headings, self.joiner_headings) if each]

    @property
    def heading_issues(self) -> list[Issue]:
        return [issue for headings in self._headings for issue in headings.issues]

    @property
    def ignored(self) -> list[str]:
        """Headings of columns that are not ours."""
        return [heading for headings in self._headings for heading in headings.extra]

    @property
    def row_count(self) -> int:
        joiners = len(self.joiners.rows) - 1 if self.joiners and self.joiners.rows else 0
        return max(len(self.pupils.rows) - 1, 0) + joiners

    def pupil_lines(self, columns: Sequence[Column]) -> Iterator[Line]:
        return lines_of(self.pupils, columns, self.pupil_headings)

    def joiner_lines(self) -> Iterator[Line]:
        if self.joiners is not None and self.joiner_headings is not None:
            yield from lines_of(self.joiners, JOINER_COLUMNS, self.joiner_headings)
