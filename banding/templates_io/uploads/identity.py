"""Whether a sheet is this return's newest template (rules.md T2)."""

from django.utils.crypto import constant_time_compare

from banding.models import Collection, Return
from banding.templates_io.workbooks.columns import MARK, PUPILS, TemplateMark
from banding_portal.files.cells import shown
from banding_portal.files.tables import Table

GET_ONE = "Download the template from the return's page and copy your answers into it."


def mark_of_table(table: Table) -> str:
    """The first mark in the sheet; empty where there is none."""
    place = table.headings.places.get(MARK)
    if place is None:
        return ""
    texts = (shown(row.at(place)).strip() for row in table.sheet.rows[1:])
    return next((text for text in texts if text), "")


def problem_of_identity(text: str, pupil_return: Return) -> str:
    """Why a sheet with this mark is not taken, as a sentence; empty when it is."""
    mark = TemplateMark.parse(text)
    if mark is None:
        return f"This is not a template of the portal: its “{PUPILS}” sheet has no mark. {GET_ONE}"
    collection, school = pupil_return.collection, pupil_return.school
    if mark.collection != collection.code:
        named = Collection.objects.filter(code=mark.collection).values_list("name", flat=True)
        which = named.first() or mark.collection[:40]
        return f"This template is for “{which}”, but this return is for “{collection}”. {GET_ONE}"
    if mark.urn != school.urn:
        return (
            f"This template is for the school with URN {mark.urn[:6]}, but this return is of "
            f"{school} (URN {school.urn}). {GET_ONE}"
        )
    issued = pupil_return.templates.filter(version=mark.version).first()
    if issued is None or not constant_time_compare(mark.signature, issued.signature):
        return (
            "The template's signature is not right, so somebody or something changed its hidden "
            f"cells. {GET_ONE}"
        )
    if mark.version < pupil_return.template_version:
        return (
            f"This is version {mark.version} of the template. Pupils or the framework have changed "
            f"since, and version {pupil_return.template_version} has taken its place. {GET_ONE}"
        )
    return ""
