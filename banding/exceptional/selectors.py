"""Amounts agreed beside a band, and what a school may ask of (rules.md B11)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet, UUIDField
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.module_loading import import_string

from banding.choices import RequestState
from banding.models import Band, BandDecision, ExceptionalRequest
from banding_portal.roles import SENCO
from banding_portal.words import day, money
from schools.models import Placement, School, User


def agreed_amounts() -> QuerySet[ExceptionalRequest]:
    """What funding pays beside the bands' values; `paid_for` is the id of whose they are."""
    pupil = Coalesce("return_pupil__pupil", "decision__pupil", output_field=UUIDField())
    found = ExceptionalRequest.objects.filter(state=RequestState.AGREED)
    return found.annotate(paid_for=pupil)


def several_amounts_agreed() -> bool:
    """Whether anybody has more than one, be it one after the other."""
    agreed: QuerySet[Any] = agreed_amounts().order_by()  # the annotation is no field of the model
    counted = agreed.values("paid_for").annotate(amounts=Count("pk"))
    return counted.filter(amounts__gt=1).exists()


def agreed_for(pupil: Any) -> QuerySet[ExceptionalRequest]:
    """Amounts agreed for a pupil, the one that begins last first."""
    found = ExceptionalRequest.objects.of_pupils([pupil]).filter(state=RequestState.AGREED)
    return found.order_by("-starts_on")


def waiting_for(pupil: Any, school: School) -> QuerySet[ExceptionalRequest]:
    """What the school has asked for a pupil and nobody has answered yet."""
    return ExceptionalRequest.objects.of_pupils([pupil]).of_schools([school.pk]).waiting()


def why_not_asked_again(pupil: Any, school: School, user: User, **asked_of: object) -> str:
    """Of what waits already, a sentence; empty where it is the person's own about the same, which
    they may change.
    """
    other = waiting_for(pupil, school).exclude(asked_by=user, **asked_of).first()
    if other is None:
        return ""
    where = f" in {other.return_pupil.pupil_return.collection}" if other.return_pupil else ""
    return (
        f"A request for this pupil, asked by {other.asked_by} on {day(other.asked_at)}{where}, is "
        "waiting for the authority’s answer. Withdraw it first to ask again."
    )


def decisions_to_ask_of(user: User) -> QuerySet[BandDecision]:
    """In force, about the pupils who are placed now where the person is SENCO."""
    here = placed_now(user).filter(pupil=OuterRef("pupil"))
    return BandDecision.objects.visible_to(user).in_force().filter(Exists(here))


def school_asking(decision: BandDecision, user: User) -> School:
    """Where the pupil is placed now and the person is SENCO."""
    placed = placed_now(user).filter(pupil=decision.pupil_id)
    return placed.select_related("school").order_by("start")[0].school


def placed_now(user: User) -> QuerySet[Placement]:
    schools = user.school_ids_as(*SENCO)
    return Placement.objects.on(timezone.localdate()).filter(school__in=schools)


@dataclass(frozen=True)
class Beside:
    """The band that pays for a pupil today, with its value a year where that is known, and the
    amount beside it, agreed or asked for.
    """

    band: Band | None
    worth: Decimal | None
    amount: Decimal | None

    @property
    def paid_words(self) -> str:
        if self.band is None:
            return "No band"
        worth = f"{money(self.worth)} a year" if self.worth is not None else "value not known"
        return f"{self.band}, {worth}"

    @property
    def effect(self) -> str:
        """What the amount comes to beside the band, as a sentence."""
        if not self.amount:
            return ""
        said = f"{money(self.amount)} a year, as a line of its own in every run"
        if self.worth is None:
            return f"{said}."
        both = money(self.worth + self.amount)
        return f"{said} beside that of {self.band}: {both} a year in all."


def paid_beside(request: ExceptionalRequest) -> Beside:
    """Of the school that has the request now."""
    band, worth = import_string(settings.BAND_PAID)(
        request.pupil.pk, request.holder.sector, timezone.localdate()
    )
    return Beside(band, worth, request.amount or request.asked_amount)
