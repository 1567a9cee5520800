"""How our workbooks look: teal headings, tinted cells to fill in, prints on A4 landscape."""

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from banding_portal.files.columns import Column

TEAL, PALE, GREY, AMBER = "0B4F5C", "E6F1F3", "B1B4B6", "FFE8B3"
FILL_IN_HEADING, LOCKED_HEADING = "Heading to fill in", "Heading"
DATE_FORMAT = "DD/MM/YYYY"
TEXT_FORMAT = "@"
A4 = 9


def add_styles(book: Workbook) -> None:
    """Register the styles that cells name."""
    line = Side(style="thin", color=GREY)
    border = Border(left=line, right=line, top=line, bottom=line)
    for fill_in in (False, True):
        heading = NamedStyle(FILL_IN_HEADING if fill_in else LOCKED_HEADING)
        heading.font = Font(
            name="Arial", bold=True, color="FFFFFF", underline="single" if fill_in else None
        )
        heading.fill = PatternFill("solid", fgColor=TEAL)
        heading.alignment = Alignment(wrap_text=True, vertical="center")
        heading.border = border
        book.add_named_style(heading)
        for is_date in (False, True):
            cell = NamedStyle(cell_style(is_date, fill_in))
            cell.font = Font(name="Arial", size=10)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = DATE_FORMAT if is_date else TEXT_FORMAT
            # Excel sorts no locked cells; what keeps people from typing here is a check of each.
            cell.protection = Protection(locked=False)
            cell.border = border
            if fill_in:
                cell.fill = PatternFill("solid", fgColor=PALE)
            book.add_named_style(cell)


def cell_style(is_date: bool, fill_in: bool) -> str:
    """The name of the style of a cell; choices are text."""
    shape = "date" if is_date else "text"
    return f"{'Fill in' if fill_in else 'Given'} {shape}"


def heading_style(column: Column) -> str:
    return FILL_IN_HEADING if not column.given else LOCKED_HEADING


def set_page(sheet: Worksheet, freeze: str, heading_row: int = 1) -> None:
    """A4 landscape, as wide as the page, the headings on every page and always in sight."""
    sheet.freeze_panes = freeze
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{heading_row}:{heading_row}"
    if sheet.oddFooter and sheet.oddFooter.center:
        sheet.oddFooter.center.text = "&A, page &P of &N"


def protect(sheet: Worksheet) -> None:
    """Keeps headings and columns as they are, and lets people sort and filter. No password: it
    protects from slips only.
    """
    sheet.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "autoFilter", "sort", "deleteRows"):
        setattr(sheet.protection, allowed, False)


def tint_empty(sheet: Worksheet, cells: str, formula: str) -> None:
    """Colour cells that are still to be filled in; being empty is what says it without colour."""
    rule = FormulaRule(formula=[formula], fill=PatternFill(bgColor=AMBER, fill_type="solid"))
    sheet.conditional_formatting.add(cells, rule)
