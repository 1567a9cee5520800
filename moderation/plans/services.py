"""Giving what a plan says, and documents with it, to those who judge a case (M4)."""

import datetime as dt

from django.conf import settings

from banding_portal.actions import actions_for
from banding_portal.documents.choices import DocumentType
from banding_portal.documents.services import forget, keep_document
from banding_portal.documents.words import words_of
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from moderation.actions.cases import case_actions
from moderation.choices import CaseState
from moderation.models import Case, CasePlan, PlanDocument
from moderation.plans.actions import actions_on_plan, school_that_gives
from moderation.plans.bands import Secrets, bands_named
from moderation.plans.names import without_names
from moderation.plans.selectors import secrets_of, secrets_of_all
from schools.models import Pupil, School, User

WHAT = "What plans say, for who judges"
NAMES_A_BAND = "Take “{}” out: who judges must not read a band, a level or what a band pays"
NOT_READ = (
    "The portal cannot read the words of this document, for it is a picture, a scan or locked. "
    "Look at every page yourself, and tick this"
)


@verb
def give_plan(*, case: Case, needs: str, provision: str, by: User) -> CasePlan | None:
    """Keep what the plan says, in the place of what was given before; none with nothing left.

    The names of pupil and school are replaced. Raises RefusalError for a text that names a band,
    and once the case is judged.
    """
    rows = Case.objects.select_for_update(of=("self",))
    held = rows.select_related("decision__pupil", "decision__school", "decision__framework")
    case = held.get(pk=case.pk)
    case_actions(case, by).require("give_plan")
    secrets = secrets_of(case.decision.framework)
    given = {"needs": needs.strip(), "provision": provision.strip()}
    for name, text in given.items():
        refuse_bands(text, secrets, field=name)
    if not any(given.values()):
        CasePlan.objects.filter(case=case).delete()
        return None
    names = names_of(case.decision.pupil, case.decision.school)
    clean = {name: without_names(text, **names) for name, text in given.items()}
    plan, _ = CasePlan.objects.update_or_create(case=case, defaults=clean | {"given_by": by})
    return plan


@verb
def give_document(
    *, pupil: Pupil, about: str, filename: str, content: bytes, looked: bool = False, by: User
) -> PlanDocument:
    """Keep a document with the plan of a pupil for who judges, held until it is scanned.

    Raises RefusalError for a file that is not taken, where what it is called or its words name a
    band, and where the words cannot be read and nobody has `looked` through its pages instead.
    """
    pupil = Pupil.objects.select_for_update(of=("self",)).get(pk=pupil.pk)
    actions_on_plan(pupil, by).require("give")
    school = school_that_gives(pupil, by)
    secrets = secrets_of_all()
    refuse_bands(about, secrets, field="about")
    clean = without_names(about.strip(), **names_of(pupil, school))
    document = PlanDocument(pupil=pupil, school=school, about=clean, sent_by=by)

    def check(kind: DocumentType) -> None:
        words = words_of(kind, content)
        refuse_bands(words.text, secrets, field="file")
        document.words_read = words.whole
        if not words.whole and not looked:
            raise RefusalError(NOT_READ, field="looked")

    keep_document(document, filename=filename, content=content, check=check)
    return document


def refuse_bands(text: str, secrets: Secrets, *, field: str) -> None:
    if told := bands_named(text, secrets):
        raise RefusalError(NAMES_A_BAND.format(told[0]), field=field)


@verb
def take_document_away(*, document: PlanDocument, by: User) -> None:
    """Nobody reads it any more; that it was given stays on record."""
    held = PlanDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    actions_for(held, by).require("remove")
    forget(held)


def delete_old_plans(*, today: dt.date, dry_run: bool = False) -> dict[str, int]:
    """How many go, or would: given FILES_KEPT_DAYS ago for a case that is settled (Q10)."""
    before = today - dt.timedelta(days=settings.FILES_KEPT_DAYS)
    due = CasePlan.objects.filter(case__state=CaseState.SETTLED, given_at__date__lt=before)
    return {WHAT: due.count() if dry_run else due.delete()[0]}


def names_of(pupil: Pupil, school: School | None) -> dict[str, list[str]]:
    """What tells who the pupil is, and where."""
    full = f"{pupil.forename} {pupil.surname}"
    at = [school.name, school.urn] if school else []
    return {"pupil": [full, pupil.forename, pupil.surname, pupil.upn or ""], "school": at}
