"""What a person may do with a sample now (rules.md M1, M2)."""

from django.urls import reverse
from django.utils import timezone

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import MODERATION_LEAD, MODERATION_OVERSIGHT
from banding_portal.words import day
from moderation.leases.selectors import lapsed
from moderation.models import Case, Judgement, Sample
from moderation.selectors.sight import still_judging
from schools.models import User

JUDGED = "Cases of this sample are judged already, so it stays."
TELLS = "The results show bands. You see them when you have judged your cases."
TELLS_WHY = "Why a case is judged may tell its band. You see it when you have judged your cases."
SHOWS_BANDS = "The list shows bands. You can download it when you have judged your cases."


def not_published_yet(sample: Sample) -> list[str]:
    """All schools see outcomes together, from the day of feedback (M11)."""
    on = sample.collection.feedback_on
    if on is None:
        return ["This collection has no day of feedback: schools are told of each outcome at once."]
    if on > timezone.localdate():
        return [f"Outcomes are held until {day(on)}, the day of feedback."]
    return []


def why_not_results(sample: Sample, user: User) -> list[str]:
    """They show the bands of every sample that counts with this one (M9)."""
    together = Case.objects.filter(sample__in=Sample.objects.counted_with(sample))
    return [TELLS] if together.to_judge(user).exists() else []


def why_not_take_back(sample: Sample) -> list[str]:
    """Who has begun a case keeps it."""
    if lapsed(Case.objects.filter(sample=sample), timezone.localdate()).exists():
        return []
    return ["Nobody has kept a case too long without beginning it."]


@actions_for.register
def sample_actions(sample: Sample, user: User) -> Actions:
    """The lead draws and gives out, auditors read too. `Sample()` is one that is not drawn yet."""
    leads, oversees = user.has_role(*MODERATION_LEAD), user.has_role(*MODERATION_OVERSIGHT)
    if sample.drawn_at is None:
        draw = Action("draw", "Draw a sample", reverse("moderation:sample_create"), primary=True)
        return Actions(draw if leads else None)

    def url(name: str) -> str:
        return reverse(f"moderation:sample_{name}", args=[sample.pk])

    found: list[Action] = []
    if sample.discarded_at:
        leads = False
    if leads:
        found += [Action("assign", "Assign cases", url("assign"), primary=True)]
    if oversees:
        found += [
            Action(
                "results",
                "See the results",
                url("results"),
                why_not=lambda: why_not_results(sample, user),
            ),
            Action(
                "population",
                "Download the whole population (CSV)",
                url("population"),
                why_not=lambda: [SHOWS_BANDS] if still_judging(user, sample.pk) else [],
            ),
        ]
    if oversees:
        found.append(
            Action(
                "targets",
                "See the cases judged besides",
                reverse("moderation:target_list", args=[sample.pk]),
                why_not=lambda: [TELLS_WHY] if still_judging(user, sample.pk) else [],
            )
        )
    if leads:
        found.append(
            Action(
                "target",
                "Choose a pupil by hand",
                reverse("moderation:target_by_hand", args=[sample.pk]),
                why_not=lambda: [TELLS_WHY] if still_judging(user, sample.pk) else [],
            )
        )
        found.append(
            Action(
                "take_back",
                "Take back the cases nobody has begun in time",
                reverse("moderation:cases_take_back", args=[sample.pk]),
                posts=True,
                why_not=lambda: why_not_take_back(sample),
            )
        )
        found.append(
            Action(
                "widen",
                "Judge more at a school",
                reverse("moderation:sample_schools", args=[sample.pk]),
                why_not=lambda: why_not_results(sample, user),
            )
        )
        found.append(
            Action(
                "publish",
                "Tell schools of the outcomes",
                reverse("moderation:outcomes_publish", args=[sample.pk]),
                posts=True,
                why_not=lambda: not_published_yet(sample),
            )
        )
        judged = Judgement.objects.filter(case__sample=sample).exclude(locked_at=None)
        found.append(
            Action(
                "discard",
                "Discard the sample and draw again",
                url("discard"),
                why_not=lambda: [JUDGED] if judged.exists() else [],
            )
        )
    return Actions(*found)
