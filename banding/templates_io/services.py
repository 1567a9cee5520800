"""Issuing a return's template: numbered, signed, older ones superseded (rules.md T1, T2)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.crypto import salted_hmac

from banding.frameworks.selectors import areas_with_levels, rules_of
from banding.models import IssuedTemplate, Return
from banding.returns.locks import locked_return
from banding.returns.progress import progress_of_return
from banding.templates_io.selectors import fingerprint_of, pupil_cells, template_content
from banding.templates_io.workbooks.columns import TemplateMark
from banding.templates_io.workbooks.writing import workbook_of
from banding_portal.refusals import RefusalError
from schools.models import User

SALT = "banding.template"


@dataclass(frozen=True)
class TemplateFile:
    """A workbook ready to be sent; its name says nothing of any pupil (R3)."""

    name: str
    content: bytes
    issued: IssuedTemplate


@transaction.atomic
def issue_template(*, pupil_return: Return, by: User | None) -> IssuedTemplate:
    """The return's current template; a new version when its pupils or framework changed.

    Raises RefusalError when the return is not open to the school, for nothing could be
    uploaded then.
    """
    locked = locked_return(pupil_return.pk)
    closed = locked.why_closed
    if closed:
        raise RefusalError(closed)
    keys = [str(pk) for pk in locked.pupils.values_list("pk", flat=True)]
    latest = locked.templates.first()
    if latest and latest.signature == sign(locked, latest.version, keys):
        return latest
    version = latest.version + 1 if latest else 1
    locked.template_version = version
    locked.save(update_fields=["template_version"])
    return IssuedTemplate.objects.create(
        pupil_return=locked,
        version=version,
        signature=sign(locked, version, keys),
        row_keys=keys,
        issued_by=by,
    )


def template_file(issued: IssuedTemplate) -> TemplateFile:
    """The workbook of an issued template, with what is decided so far filled in."""
    pupil_return = issued.pupil_return
    code, urn = pupil_return.collection.code, pupil_return.school.urn
    areas = areas_with_levels(pupil_return.collection.framework)
    mark = TemplateMark(code, urn, issued.version, issued.signature)
    content = template_content(pupil_return, mark, areas)
    pupils = [pupil_cells(line, areas) for line in progress_of_return(pupil_return).lines]
    name = f"{code}-{urn}-version-{issued.version}.xlsx"
    return TemplateFile(name, workbook_of(content, pupils), issued)


def sign(pupil_return: Return, version: int, row_keys: list[str]) -> str:
    """A signature only this portal can make, over the return, version, choices and rows."""
    choices = fingerprint_of(rules_of(pupil_return.collection.framework))
    collection, urn = str(pupil_return.collection_id), pupil_return.school.urn
    signed = "|".join([collection, urn, str(version), choices, *sorted(row_keys)])
    return salted_hmac(SALT, signed, algorithm="sha256").hexdigest()
