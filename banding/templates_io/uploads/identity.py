"""Whether a sheet is a template of this return that still says what it asks (rules.md T2)."""

from django.utils.crypto import constant_time_compare

from banding.models import Collection, IssuedTemplate, Return
from banding.templates_io.services import sign
from banding.templates_io.uploads.sheets import TemplateSheets
from banding.templates_io.workbooks.columns import FIXED_COLUMNS, MARK, PUPILS, TemplateMark
from banding_portal.files.cells import shown
from banding_portal.files.tables import Table
from banding_portal.refusals import RefusalError
from schools.choices import SchoolStatus
from schools.selectors.successors import Successors

GET_ONE = "Download the template from the return’s page and copy your answers into it."


def mark_of_table(table: Table) -> str:
    """The first mark in the sheet; empty where there is none."""
    place = table.headings.places.get(MARK)
    if place is None:
        return ""
    texts = (shown(row.at(place)).strip() for row in table.sheet.rows[1:])
    return next((text for text in texts if text), "")


def mark_of_file(filename: str, content: bytes) -> TemplateMark | None:
    """Which template a file is, whatever its framework. Raises RefusedFileError."""
    sheet = TemplateSheets.read(filename, content).pupil_sheet
    return TemplateMark.parse(mark_of_table(Table.of(sheet, FIXED_COLUMNS)))


def identified(text: str, pupil_return: Return) -> IssuedTemplate:
    """The template that a sheet with this mark is. Raises RefusalError with why it is not taken.

    An older one is taken as long as the levels and bands it offers are those of the newest. A
    template of a school that became this one, or one of several that it became, is taken too.
    """
    mark = TemplateMark.parse(text)
    if mark is None:
        raise RefusalError(
            f"This is not a template of the portal: its “{PUPILS}” sheet has no mark. {GET_ONE}"
        )
    collection = pupil_return.collection
    if mark.collection != collection.code:
        named = Collection.objects.filter(code=mark.collection).values_list("name", flat=True)
        which = named.first() or mark.collection[:40]
        raise RefusalError(
            f"This template is for “{which}”, but this return is for “{collection}”. {GET_ONE}"
        )
    asked = return_of_mark(mark, pupil_return)
    issued = asked.templates.filter(version=mark.version).first()
    if issued is None or not constant_time_compare(mark.signature, issued.signature):
        raise RefusalError(
            "The template’s signature is not right, so somebody or something changed its hidden "
            f"cells. {GET_ONE}"
        )
    is_newest = mark.version >= asked.template_version
    if not is_newest and issued.signature != sign(asked, issued.version, issued.row_keys):
        raise RefusalError(
            f"This is version {mark.version} of the template. The framework’s levels or bands have "
            f"changed since. {GET_ONE}"
        )
    return issued


def return_of_mark(mark: TemplateMark, pupil_return: Return) -> Return:
    """The return itself, or that of a school which became its school (S1)."""
    school = pupil_return.school
    if mark.urn == school.urn:
        return pupil_return
    successors = Successors.read()
    old = successors.schools.get(mark.urn)
    if old and old.status == SchoolStatus.CLOSED and school in successors.of(old):
        earlier = Return.everything.filter(collection=pupil_return.collection, school=old).first()
        if earlier:
            return earlier
    raise RefusalError(
        f"This template is for the school with URN {mark.urn[:6]}, but this return is of "
        f"{school} (URN {school.urn}). {GET_ONE}"
    )
