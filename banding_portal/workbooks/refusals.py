"""How a file is refused before any of its rows is looked at (rules.md T8)."""

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MAX_ROWS = 2_000
MAX_COLUMNS = 60

AS_XLSX = "In Excel choose File, Save As, and the type “Excel Workbook (.xlsx)”."


class RefusedFile(ValueError):
    """Raised for a file that is not opened; the message is a sentence for the person."""


TOO_MANY_ROWS = f"A sheet has more than {MAX_ROWS:,} rows. Send the rows in several files."
TOO_MANY_COLUMNS = (
    f"A sheet has something beyond column {MAX_COLUMNS}. Remove what is not part of the table."
)
TOO_SLOW = (
    "The file takes too long to read, so it is far larger than a template. "
    "Copy your answers into a fresh template."
)
DAMAGED = (
    "The file is damaged or was cut short, so it cannot be opened. "
    "Open it in Excel, save it again and upload the new file."
)
