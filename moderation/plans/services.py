"""Giving the sections of a plan to those who judge a case (M4)."""

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from moderation.actions.cases import case_actions
from moderation.models import Case, CasePlan
from moderation.plans.rules import bands_named, without_names
from schools.models import User


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
    clean = {name: without_names(text, names_of(case)) for name, text in given.items()}
    plan, _ = CasePlan.objects.update_or_create(case=case, defaults=clean | {"given_by": by})
    return plan


def names_of(case: Case) -> dict[str, str]:
    """What tells who the pupil is and where, and what stands in its place."""
    pupil, school = case.decision.pupil, case.decision.school
    names = {f"{pupil.forename} {pupil.surname}": "the pupil"}
    names |= dict.fromkeys([pupil.forename, pupil.surname, pupil.upn or ""], "the pupil")
    return names | ({school.name: "the school", school.urn: "the school"} if school else {})
