"""A school's own outcomes: a list, each one, a letter to print, and a challenge (M5, M11)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from banding.models import Return
from banding_portal.access import ConfirmsWho
from banding_portal.forms import PortalForm
from banding_portal.pages import ActionPage, FormPage, ListPage, Page
from banding_portal.pages.base import About
from banding_portal.pages.sorting import by
from banding_portal.roles import BANDING_SCHOOL_ROLES, MODERATION_LEAD
from banding_portal.words import counted
from moderation.feedback.selectors import challenges_of, outcomes_of
from moderation.feedback.services import publish_outcomes
from moderation.models import Outcome, Sample
from moderation.panels.actions import outcome_actions
from moderation.panels.forms import ChallengeForm
from moderation.panels.selectors import last_day_to_challenge, publication_of
from moderation.panels.services import challenge_outcome, take_challenge_back
from moderation.views.finding import AboutSample
from schools.models import School


class OutcomeList(ListPage[None]):
    """Every published outcome of the person's schools."""

    allowed_roles = BANDING_SCHOOL_ROLES
    template_name = "moderation/outcome_list.html"
    orders: ClassVar = {
        "pupil": by("case__decision__pupil__surname", "case__decision__pupil__forename"),
        "collection": by("-case__decision__collection__reference_date"),
        "your_band": by("case__decision__band__rank"),
        "agreed_band": by("band__rank"),
        "from": by("effective_from"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Outcome]:
        return outcomes_of(self.user)

    def context(self) -> dict[str, Any]:
        shown = list(self.page_obj.object_list)
        items = challenges_of(shown)
        letters = {
            one.case.decision.return_pupil.pupil_return_id: one.case.decision
            for one in shown
            if one.case.decision.return_pupil
        }
        rows = [{"outcome": one, "item": items.get(one.case_id)} for one in shown]
        return {"rows": rows, "letters": letters, "several": len(self.user.school_ids) > 1}


class AboutOutcome(About[Outcome], abstract=True):
    def find(self) -> Outcome:
        return get_object_or_404(outcomes_of(self.user), pk=self.kwargs["pk"])

    def school_of_page(self) -> School | None:
        return self.found.case.decision.school

    def next_url(self) -> str:
        return reverse("moderation:outcome_detail", args=[self.found.pk])


class OutcomeDetail(AboutOutcome, Page[Outcome]):
    """What was decided, why, from when, and what became of a challenge."""

    allowed_roles = BANDING_SCHOOL_ROLES
    template_name = "moderation/outcome_detail.html"

    def context(self) -> dict[str, Any]:
        outcome = self.found
        can = outcome_actions(outcome, self.user)
        return {
            "outcome": outcome,
            "decision": outcome.case.decision,
            "item": challenges_of([outcome]).get(outcome.case_id),
            "published": publication_of(outcome),
            "until": last_day_to_challenge(outcome),
            "can": can,
            "why_not": can.why_not("challenge"),
        }


class OutcomeChallenge(AboutOutcome, FormPage[Outcome]):
    allowed_roles = BANDING_SCHOOL_ROLES
    form_class = ChallengeForm
    template_name = "moderation/outcome_challenge.html"

    def why_closed(self) -> str | Sequence[str]:
        return outcome_actions(self.found, self.user).why_not("challenge")

    def context(self) -> dict[str, Any]:
        outcome = self.found
        until = last_day_to_challenge(outcome)
        return {"outcome": outcome, "decision": outcome.case.decision, "until": until}

    def act(self, form: ChallengeForm) -> str:
        challenge_outcome(outcome=self.found, by=self.user, **form.cleaned_data)
        return "Sent. A panel of people who neither judged nor settled it decides."


class OutcomeTakeBack(AboutOutcome, FormPage[Outcome]):
    """Asks first: an outcome is challenged once."""

    allowed_roles = BANDING_SCHOOL_ROLES
    form_class = PortalForm
    template_name = "moderation/outcome_take_back.html"

    def why_closed(self) -> str | Sequence[str]:
        return outcome_actions(self.found, self.user).why_not("take_back")

    def context(self) -> dict[str, Any]:
        return {"outcome": self.found, "decision": self.found.case.decision}

    def act(self, form: PortalForm) -> str:
        take_challenge_back(outcome=self.found, by=self.user)
        return "Taken back. The outcome stands."


class OutcomeLetter(Page[Return]):
    """Every outcome of a school in a collection on one page, to be printed."""

    allowed_roles = BANDING_SCHOOL_ROLES
    template_name = "moderation/outcome_letter.html"

    def find(self) -> Return:
        returns = Return.objects.visible_to(self.user).select_related("school", "collection")
        found: Return = get_object_or_404(returns, pk=self.kwargs["pk"])
        if not self.outcomes(found):
            raise Http404
        return found

    def outcomes(self, pupil_return: Return) -> list[Outcome]:
        mine = outcomes_of(self.user)
        return list(mine.filter(case__decision__return_pupil__pupil_return=pupil_return))

    def context(self) -> dict[str, Any]:
        outcomes = self.outcomes(self.found)
        items = challenges_of(outcomes)
        published = {publication_of(one) for one in outcomes}
        return {
            "school": self.found.school,
            "collection": self.found.collection,
            "rows": [
                {
                    "outcome": one,
                    "item": items.get(one.case_id),
                    "until": last_day_to_challenge(one),
                }
                for one in outcomes
            ],
            "published": min(published),
            "today": timezone.localdate(),
        }


class OutcomesPublish(AboutSample, ActionPage[Sample], ConfirmsWho):
    """Tell every school with an outcome, on the day of feedback or after. From then on they
    may be challenged, so it is asked again who it is.
    """

    allowed_roles = MODERATION_LEAD

    def act(self) -> str:
        told = publish_outcomes(sample=self.found, by=self.user)
        if not told:
            return "No school has an outcome that was held until the day of feedback."
        return (
            f"Published to {counted(told, 'school')}. Who had been told already is not told again."
        )
