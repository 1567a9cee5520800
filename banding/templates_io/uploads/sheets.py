"""The sheets of an uploaded template, found and matched with the column tables."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from banding.templates_io.workbooks.columns import (
    FIXED_COLUMNS,
    JOINER_COLUMNS,
    JOINERS,
    LIMITS,
    MISSING_ADVICE,
    PUPILS,
)
from banding_portal.files.cells import Sheet
from banding_portal.files.columns import Column
from banding_portal.files.headings import sheet_with_most
from banding_portal.files.limits import RefusedFileError
from banding_portal.files.mending import mended_sheet, mends_from
from banding_portal.files.reading import read_rows, sheets_from
from banding_portal.files.tables import Table, TableLine
from banding_portal.folding import fold
from banding_portal.jobs.results import Issue

Mends = Iterable[Mapping[str, Any]]
"""As an upload keeps them."""


@dataclass
class TemplateSheets:
    """The Pupils sheet, and the Joiners sheet where it is there."""

    rows: bytes
    """As the reader wrote them."""
    pupil_sheet: Sheet
    joiner_sheet: Sheet | None
    pupils: Table = field(init=False)
    joiners: Table | None = field(init=False, default=None)

    @classmethod
    def read(cls, filename: str, content: bytes, mends: Mends = ()) -> "TemplateSheets":
        """Raises RefusedFileError with a sentence. `mends` were typed on screen."""
        return cls.of(read_rows(filename, content, LIMITS, wanted=[PUPILS, JOINERS]), mends)

    @classmethod
    def kept(cls, kept: bytes, mends: Mends = ()) -> "TemplateSheets":
        """The sheets of a file that was read before."""
        return cls.of(zlib.decompress(kept), mends)

    def to_keep(self) -> bytes:
        return zlib.compress(self.rows, level=1)

    @classmethod
    def of(cls, rows: bytes, mends: Mends) -> "TemplateSheets":
        sheets = list(sheets_from(rows))
        named: dict[str, Sheet] = {}
        for sheet in sheets:
            named.setdefault(fold(sheet.name or PUPILS), sheet)
        pupils = named.get(fold(PUPILS)) or sheet_with_most(sheets, FIXED_COLUMNS)
        if pupils is None:
            raise RefusedFileError(
                f"The file has no sheet called “{PUPILS}”. Upload the template you downloaded "
                "from the return’s page."
            )
        # A .csv file is the Pupils sheet alone and has no name of its own.
        pupils = replace(pupils, name=pupils.name or PUPILS)
        joiners, typed = named.get(fold(JOINERS)), mends_from(mends)
        return cls(rows, mended_sheet(pupils, typed), joiners and mended_sheet(joiners, typed))

    def match(self, columns: Sequence[Column]) -> None:
        """Find the columns by their headings; an empty Joiners sheet needs none."""
        self.pupils = Table.of(self.pupil_sheet, columns, advice=MISSING_ADVICE)
        if self.joiner_sheet is not None and len(self.joiner_sheet.rows) > 1:
            self.joiners = Table.of(self.joiner_sheet, JOINER_COLUMNS, advice=MISSING_ADVICE)

    @property
    def tables(self) -> list[Table]:
        return [each for each in (self.pupils, self.joiners) if each]

    @property
    def heading_issues(self) -> list[Issue]:
        return [issue for table in self.tables for issue in table.headings.issues]

    @property
    def ignored(self) -> list[str]:
        """Headings of columns that are not ours."""
        return [heading for table in self.tables for heading in table.headings.ignored]

    @property
    def joiner_lines(self) -> list[TableLine]:
        return self.joiners.lines if self.joiners else []
