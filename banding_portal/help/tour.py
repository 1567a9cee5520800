"""The first-use tour: three sentences on home, until the person puts them away."""

from typing import TYPE_CHECKING

from banding_portal.help.models import TourPutAway
from banding_portal.navigation import navigation_for
from banding_portal.words import in_a_row

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


def is_put_away(user: "_User") -> bool:
    return TourPutAway.objects.filter(user=user).exists()


def tour_for(user: "_User") -> tuple[str, ...]:
    """The sentences for this person's roles; none once they were put away."""
    return () if is_put_away(user) else sentences(user.roles)


def sentences(roles: frozenset[str]) -> tuple[str, str, str]:
    sections = [entry["text"] for entry in navigation_for(roles, "/") if entry["url"] != "/"]
    return (
        "This page shows what is due from you first, with one button that takes you there.",
        f"The menu at the top has everything else: {in_a_row(sections)}.",
        "“Help with this page”, at the top of each page, says what to do there and who to ask.",
    )


def put_away(user: "_User") -> None:
    TourPutAway.objects.get_or_create(user=user)


def show_again(user: "_User") -> None:
    TourPutAway.objects.filter(user=user).delete()
