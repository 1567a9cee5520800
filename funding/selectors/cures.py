"""Where what an exception is about is put right (rules.md F3, B12)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from funding.choices import ExceptionKind
from funding.models import RunException


@dataclass(frozen=True, slots=True)
class Cure:
    """A page, in the words of a link to it."""

    words: str
    url: str


def cure_of(exception: RunException) -> Cure:
    """For people who see every pupil; finance asks them."""
    match exception.kind:
        case ExceptionKind.TWO_AMOUNTS:
            asked = urlencode({"q": exception.reference})
            return Cure("Amounts", f"{reverse('banding:exceptional_list')}?{asked}")
        case ExceptionKind.JOINED:
            return Cure("Joiner", reverse("banding:joiner_detail", args=[exception.joiner]))
        case ExceptionKind.LEFT:
            return Cure("Leavers", reverse("banding:leaver_list"))
        case ExceptionKind.NOT_OURS | ExceptionKind.STAYING_ON | ExceptionKind.NO_BAND:
            asked = urlencode({"school": exception.school_id})
            return Cure("Returns", f"{reverse('banding:return_list')}?{asked}")
        case ExceptionKind.NO_AGREED_BAND:
            return Cure("Bands", reverse("schools:pupil_detail", args=[exception.pupil_id]))
        case ExceptionKind.NO_UPN | ExceptionKind.OTHER_LA:
            return Cure("Details", reverse("schools:pupil_detail", args=[exception.pupil_id]))
        case ExceptionKind.NO_URN:
            return Cure("Provider", reverse("schools:arrangement_list"))
        case ExceptionKind.DUPLICATE:
            asked = urlencode({"q": exception.reference})
            return Cure("Both records", f"{reverse('schools:duplicate_list')}?{asked}")
    return Cure("Placements", reverse("schools:pupil_detail", args=[exception.pupil_id]))
