"""A school's own outcomes: a list, each one, a letter to print, and a challenge (M5, M11)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
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
from moderation.feedback.letters import write_letters
from moderation.feedback.models import LetterLineQuerySet
from moderation.feedback.selectors import challenges_of, outcomes_of
from moderation.feedback.services import publish_outcomes
from moderation.models import LetterLine, Outcome, OutcomeLetter, Sample
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
        own = {one.case.decision.return_pupil.pupil_return_id for one in shown
               if one.case.decision.return_pupil}  # fmt: skip
        write_letters(on=timezone.localdate(), returns=Return.objects.filter(pk__in=own))
        letters = OutcomeLetter.objects.visible_to(self.user).filter(pupil_return__in=own)
        letters = letters.select_related("pupil_return__school", "pupil_return__collection")
        rows = [{"outcome": one, "item": items.get(one.case_id)} for one in shown]
        return {"rows": rows, "letters": list(letters), "several": len(self.user.school_ids) > 1}


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


class LetterDetail(Page[OutcomeLetter]):
    """A letter to a school as it was published, to be printed; of a return the last one."""

    allowed_roles = BANDING_SCHOOL_ROLES
    template_name = "moderation/outcome_letter.html"

    def find(self) -> OutcomeLetter:
        pk = self.kwargs["pk"]
        write_letters(on=timezone.localdate(), returns=Return.objects.filter(pk=pk))
        letters = OutcomeLetter.objects.visible_to(self.user)
        wanted = letters.filter(Q(pk=pk) | Q(pupil_return=pk))
        found = wanted.select_related("pupil_return__school", "pupil_return__collection").first()
        if found is None or not self.lines(found).exists():
            raise Http404
        return found

    def school_of_page(self) -> School:
        return self.found.pupil_return.school

    def lines(self, letter: OutcomeLetter) -> LetterLineQuerySet:
        """Those of pupils whose outcomes are still published."""
        shown = Outcome.objects.visible_to(self.user).values("case")
        return LetterLine.objects.visible_to(self.user).filter(letter=letter, case__in=shown)

    def context(self) -> dict[str, Any]:
        owner = self.found.pupil_return
        letters = OutcomeLetter.objects.visible_to(self.user)
        others = letters.filter(pupil_return=owner).exclude(pk=self.found.pk)
        return {
            "letter": self.found,
            "school": owner.school,
            "collection": owner.collection,
            "lines": self.lines(self.found),
            "others": list(others),
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
