"""How much a file of one kind may hold, and its words for a file that is more (rules.md T8)."""

from dataclasses import dataclass

from banding_portal.refusals import RefusalError

MEGABYTE = 1024 * 1024
TAGS_OF_A_CELL = 10
TAGS_OF_ANY_FILE = 20_000
SPREADSHEETS = (".xlsx", ".xls", ".xlsb", ".ods")
"""What is read as a workbook; which kind it is its content says, and not its name."""
AS_XLSX = "In Excel choose File, Save As, and the type “Excel Workbook (.xlsx)”."
DAMAGED = (
    "The file is damaged or was cut short, so it cannot be opened. "
    "Open it in Excel, save it again and upload the new file."
)


class RefusedFileError(RefusalError):
    """Raised for a file that is not opened; the message is a sentence for the person."""


@dataclass(frozen=True)
class Limits:
    """One kind of file: what it may be called and how much it may hold."""

    noun: str = "template"
    endings: tuple[str, ...] = (".xlsx", ".csv")
    max_bytes: int = 5 * MEGABYTE
    max_unpacked: int = 60 * MEGABYTE
    max_rows: int = 2_000
    max_columns: int = 60
    max_text: int = 10_000_000
    """Characters in all cells that are read; a shared text counts each time it is used."""
    packed: bool = False
    """Whether it is kept in a zip, and may come in one, for it is large: `max_bytes` is then the
    size of the zip, `max_unpacked` that of the table in it.
    """
    whole_lines: bool = False
    """Whether each line of a CSV file must have all its values, blank ones too."""
    seconds: int = 8
    """Of the processor; four times as many by the clock."""
    memory: int = 384 * MEGABYTE
    advice: str = "Copy your answers into a fresh template."
    """What to do about a file that holds far too much."""

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every ending a file may have: where one kind of workbook is read, each is."""
        others = SPREADSHEETS if ".xlsx" in self.endings else ()
        return tuple(dict.fromkeys((*self.endings, *others)))

    @property
    def max_tags(self) -> int:
        """Each tag of a sheet costs the reader time, whether or not it holds anything."""
        return TAGS_OF_ANY_FILE + TAGS_OF_A_CELL * self.max_rows * self.max_columns

    def most_bytes(self, ending: str) -> int:
        """How large a file with this ending may be when it is sent."""
        return self.max_unpacked if self.packed and ending != ".zip" else self.max_bytes

    @property
    def megabytes(self) -> int:
        return self.max_bytes // MEGABYTE

    @property
    def too_large(self) -> str:
        return f"The file is larger than {self.megabytes} MB. {self.advice}"

    @property
    def too_much_unpacked(self) -> str:
        return (
            f"The file unpacks to more than {self.max_unpacked // MEGABYTE} MB or to far more "
            f"cells than a {self.noun} holds. {self.advice}"
        )

    @property
    def too_many_rows(self) -> str:
        return f"The file has more than {self.max_rows:,} rows. Send the rows in several files."

    @property
    def too_many_columns(self) -> str:
        return (
            f"A sheet has something beyond column {self.max_columns}. "
            "Remove what is not part of the table."
        )

    @property
    def too_much_text(self) -> str:
        return f"The file holds far more text than a {self.noun} does. Shorten it and try again."

    @property
    def too_slow(self) -> str:
        return (
            f"The file takes too long to read, so it is far larger than a {self.noun}. "
            f"{self.advice}"
        )
