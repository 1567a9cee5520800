"""Giving what a plan says, and documents with it, to those who judge a case (M4)."""

import datetime as dt

from django.conf import settings

from banding.models import Band
from banding_portal.actions import actions_for
from banding_portal.documents.services import forget, keep_document
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from moderation.actions.cases import case_actions
from moderation.choices import CaseState
from moderation.models import Case, CasePlan, PlanDocument
from moderation.plans.actions import actions_on_plan, school_that_gives
from moderation.plans.rules import bands_named, text_of_word, without_names
from schools.models import Pupil, School, User

WHAT = "What plans say, for who judges"
NAMES_A_BAND = "Take “{}” out: who judges must not read a band"


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
    bands = list(case.decision.framework.bands.values_list("code", "name"))
    given = {"needs": needs.strip(), "provision": provision.strip()}
    for name, text in given.items():
        if told := bands_named(text, bands):
            raise RefusalError(
                f"Take “{told[0]}” out of the text: who judges must not read a band", field=name
            )
    if not any(given.values()):
        CasePlan.objects.filter(case=case).delete()
        return None
    names = names_of(case.decision.pupil, case.decision.school)
    clean = {name: without_names(text, names) for name, text in given.items()}
    plan, _ = CasePlan.objects.update_or_create(case=case, defaults=clean | {"given_by": by})
    return plan


@verb
def give_document(
    *, pupil: Pupil, about: str, filename: str, content: bytes, by: User
) -> PlanDocument:
    """Keep a document with the plan of a pupil for who judges, held until it is scanned.

    Raises RefusalError for a file that is not taken, and where what it is called, or the text of
    a Word document, names a band.
    """
    pupil = Pupil.objects.select_for_update(of=("self",)).get(pk=pupil.pk)
    actions_on_plan(pupil, by).require("give")
    school = school_that_gives(pupil, by)
    bands = list(Band.objects.order_by().values_list("code", "name").distinct())
    for field, text in (("about", about), ("file", text_of_word(content))):
        if told := bands_named(text, bands):
            raise RefusalError(NAMES_A_BAND.format(told[0]), field=field)
    clean = without_names(about.strip(), names_of(pupil, school))
    document = PlanDocument(pupil=pupil, school=school, about=clean, sent_by=by)
    keep_document(document, filename=filename, content=content)
    return document


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


def names_of(pupil: Pupil, school: School | None) -> dict[str, str]:
    """What tells who the pupil is and where, and what stands in its place."""
    names = {f"{pupil.forename} {pupil.surname}": "the pupil"}
    names |= dict.fromkeys([pupil.forename, pupil.surname, pupil.upn or ""], "the pupil")
    return names | ({school.name: "the school", school.urn: "the school"} if school else {})
