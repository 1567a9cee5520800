"""What moderators and their lead enter."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms

from banding.assessment.forms import AssessmentForm, initial_levels
from banding.models import Band, Collection, Framework
from banding_portal.forms import DateField, PortalForm
from banding_portal.reasons import is_reason
from banding_portal.words import day
from moderation.choices import Allocation, CaseState, ChangeReason, Confidence
from moderation.models import Case, Judgement, Sample, TrainingJudgement
from moderation.selectors.conflicts import bars_to_judging
from moderation.selectors.moderators import moderators
from moderation.selectors.population import Settings
from moderation.selectors.settling import bands_judged, year_of
from moderation.services.judgements import Answers
from moderation.services.outcomes import reason_against
from moderation.settling import needs_reason
from schools.forms.choosing import SchoolField
from schools.models import Quadrant, School, User

USUAL_MINUTES = 20


class PercentField(forms.DecimalField):
    """Entered as 10, cleaned to the share 0.10."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=100, decimal_places=2, max_digits=5, **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        percent = super().clean(str(value).replace("%", "").strip() if value else value)
        return percent / 100 if percent is not None else None


class SampleForm(PortalForm):
    collection = forms.ModelChoiceField(
        Collection.objects.none(), label="Collection", empty_label=None
    )
    rate = PercentField(label="Rate", initial=10)
    minimum = forms.IntegerField(label="At least", min_value=0, max_value=1000, initial=1)
    allocation = forms.ChoiceField(
        label="Allotted to strata", choices=Allocation, required=False, initial=Allocation.SHARE
    )
    minutes = forms.IntegerField(
        label="A case takes", min_value=1, max_value=480, required=False, initial=20
    )
    each_school = forms.BooleanField(label="At least one case for each school", required=False)
    pilot = forms.BooleanField(
        label="A pilot, counted by itself",
        required=False,
    )

    class Look:
        width = {"rate": 4, "minimum": 4, "minutes": 4}
        suffix = {"rate": "%", "minutes": "minutes"}
        said = {
            "minimum": "the least number of cases",
            "allocation": "a way of allotting the cases",
            "minutes": "the minutes of a case",
        }

    def __init__(self, *args: Any, collections: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("collection", collections)

    def settings(self) -> Settings:
        """What was asked for; the usual allotment where none was chosen."""
        given = self.cleaned_data
        return Settings(
            rate=given["rate"],
            minimum=given["minimum"],
            allocation=given["allocation"] or Allocation.SHARE,
            each_school=given["each_school"],
            pilot=given["pilot"],
        )

    def minutes_of_a_case(self) -> int:
        return self.cleaned_data["minutes"] or USUAL_MINUTES


class DiscardForm(PortalForm):
    reason = forms.CharField(
        label="Why the sample is discarded",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Look:
        said = {"reason": "why the sample is discarded"}


class ShareForm(PortalForm):
    share = PercentField(
        label="Judged by a second moderator as well",
        initial=10,
        help_text="Of all cases. The second moderator does not see the first judgement.",
    )

    across = PercentField(
        label="Of these, by a moderator of another quadrant",
        initial=0,
        required=False,
        help_text="Cases judged across quadrants tell whether quadrants judge alike.",
    )

    class Look:
        width = {"share": 4, "across": 4}
        suffix = {"share": "%", "across": "%"}
        said = {
            "share": "the share judged by a second moderator",
            "across": "the share judged by a moderator of another quadrant",
        }


class CaseAssignForm(PortalForm):
    moderator = forms.ModelChoiceField(
        User.objects.none(), label="Moderator", required=False, empty_label="Nobody"
    )
    second_moderator = forms.ModelChoiceField(
        User.objects.none(), label="Second moderator", required=False, empty_label="Nobody"
    )
    reason = forms.CharField(
        label="Why it is taken from who has it",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only the moderation lead and auditors read this.",
    )

    class Look:
        said = {"reason": "why it is taken from who has it"}

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held_by = set(case.judge_ids)
        barred = bars_to_judging([case.pk])[case.pk]
        for name in ("moderator", "second_moderator"):
            self.offer(name, moderators().exclude(pk__in=barred))
        if not self.held_by:
            del self.fields["reason"]
        else:
            self.fields["reason"].unmarked = True  # type: ignore[attr-defined]  # by who is taken

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = {data[name].pk for name in ("moderator", "second_moderator") if data.get(name)}
        if self.held_by - chosen and not self.errors and not is_reason(data.get("reason", "")):
            self.add_error("reason", "Say why it is taken from who has it")
        return data


class HandOverForm(PortalForm):
    to = forms.ModelChoiceField(User.objects.none(), label="Moderator who takes them")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", moderators().exclude(pk=person.pk))


class SampleChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, sample: Any) -> str:
        return f"{sample.name}, drawn {day(sample.drawn_at)}"


class CaseFilterForm(PortalForm):
    q = forms.CharField(label="Case, like 32CA", required=False, max_length=8)
    sample = SampleChoiceField(
        Sample.objects.standing().select_related("collection"),
        label="Sample",
        required=False,
        empty_label="Any",
    )
    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "Any"), *CaseState.choices]
    )
    quadrant = forms.ModelChoiceField(
        Quadrant.objects.all(), label="Quadrant", required=False, empty_label="Any"
    )
    moderator = forms.ModelChoiceField(
        User.objects.none(), label="Moderator", required=False, empty_label="Anybody"
    )

    class Look:
        said = {"q": "the case"}

    def __init__(self, *args: Any, everything: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not everything:
            del self.fields["sample"], self.fields["quadrant"], self.fields["moderator"]
            return
        given = Case.objects.exclude(moderator=None).values("moderator")
        self.offer("moderator", User.objects.filter(pk__in=given))


class JudgementForm(AssessmentForm):
    """A level in each area, a band, how sure. Everything is optional for a draft."""

    class Look:
        inline = ["confidence"]
        legend = {"band": "m", "confidence": "m"}

    confidence = forms.ChoiceField(
        label="How sure are you?",
        choices=Confidence,
        widget=forms.RadioSelect,
        error_messages={"required": "Say how sure you are"},
    )
    rationale = forms.CharField(
        label="Why", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    asked = ("band", "confidence")

    def __init__(
        self, *args: Any, framework: Framework, draft: bool = False, **kwargs: Any
    ) -> None:
        self.draft = draft
        areas = list(framework.areas.all())
        super().__init__(*args, framework=framework, areas=areas, **kwargs)
        self.mark_differences()

    @property
    def is_complete_wanted(self) -> bool:
        return not self.draft

    def answers(self) -> Answers:
        """What was entered, for the services."""
        given, choice = self.cleaned_data, self.choice
        return Answers(
            levels={area: level for area, level in choice["levels"].items() if level},
            band=choice["band"],
            confidence=given.get("confidence") or "",
            rationale=given.get("rationale") or "",
        )

    @staticmethod
    def initial_from(judgement: Judgement | TrainingJudgement | None) -> dict[str, Any]:
        """The draft kept so far."""
        if judgement is None:
            return {}
        why = {name: getattr(judgement, name) for name in ("confidence", "rationale")}
        return {**initial_levels(judgement), **why}


class ChangeForm(PortalForm):
    """The band a case is settled with instead of the school's."""

    band = forms.ModelChoiceField(
        Band.objects.none(), label="New band", empty_label=None, widget=forms.RadioSelect
    )
    reason_code = forms.ChoiceField(
        label="Reason for the change", choices=ChangeReason, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Explain it to the school",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Explain the change, so that the school understands it"},
    )
    effective_from = DateField(label="In force from", said="the date it comes into force")

    class Look:
        inline = ["band"]
        said = {"reason": "the explanation"}

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        decision = case.decision
        super().__init__(*args, **kwargs)
        self.school_band: Band | None = decision.band
        self.earliest, self.last = year_of(case)
        others = decision.framework.bands.exclude(pk__in=[decision.band_id])
        self.offer("band", others)
        self.fields["effective_from"].initial = self.earliest
        self.fields[
            "effective_from"
        ].help_text = f"From {day(self.earliest)} to {day(self.last)}, the year of the collection"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("band") and data.get("reason_code"):
            against = reason_against(self.school_band, data["band"], data["reason_code"])
            if against:
                self.add_error("reason_code", against)
        return data

    def clean_effective_from(self) -> dt.date:
        chosen = self.cleaned_data["effective_from"]
        if chosen < self.earliest:
            raise forms.ValidationError(
                f"The date must be {day(self.earliest)} or later: "
                "that is when the school’s decision takes effect"
            )
        if chosen > self.last:
            raise forms.ValidationError(
                f"The date must be {day(self.last)} or earlier: "
                "that is when the year of the collection ends"
            )
        return chosen


class UpholdForm(PortalForm):
    reason = forms.CharField(
        label="Explain it to the school",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say why the school’s band stands against the judgement"},
    )

    class Look:
        said = {"reason": "the explanation"}

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        against = needs_reason(str(case.decision.band_id), bands_judged(case))
        self.fields["reason"].required = against
        if against:
            self.fields[
                "reason"
            ].help_text = "Nobody who judged the case chose the school’s band, so this is needed."


class InterestForm(PortalForm):
    school = SchoolField(label="School")
    reason = forms.CharField(
        label="What the connection is",
        max_length=300,
        help_text="For example: my child goes there.",
    )

    class Look:
        said = {"reason": "what the connection is"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("school", School.objects.order_by("name"))


class HandBackForm(PortalForm):
    reason = forms.CharField(
        label="Why you cannot judge it",
        max_length=300,
        help_text="For example: I know the family. The pupil’s name is not needed.",
    )

    class Look:
        said = {"reason": "why you cannot judge it"}
