"""Who belongs to an audience, and what it is called."""

from django.db.models import Count, Exists, OuterRef, QuerySet

from banding_portal.roles import Role
from banding_portal.words import number
from schools.choices import Sector
from schools.models import Quadrant, User
from schools.models.audiences import HasAudience, memberships_of


def people_in(audience: HasAudience) -> QuerySet[User]:
    """Each once, today."""
    return User.objects.filter(Exists(memberships_of(audience).filter(user=OuterRef("pk"))))


def counts_of(audience: HasAudience) -> list[tuple[str, int]]:
    """How many people hold each role of it, like (“SENCO”, 120), in the order of the roles."""
    counts = memberships_of(audience).order_by().values("role")
    found = {
        row["role"]: row["people"] for row in counts.annotate(people=Count("user", distinct=True))
    }
    return [(role.label, found.get(role.value, 0)) for role in Role if role in audience.roles]


def audience_words(audience: HasAudience) -> list[tuple[str, str]]:
    """Who it is for, as rows of a summary."""
    names = dict(Quadrant.objects.values_list("code", "name"))
    quadrants = [names.get(code, code) for code in audience.quadrants]
    roles = [role.label for role in Role if role in audience.roles]
    sectors = [sector.label for sector in Sector if sector in audience.sectors]
    return [
        ("For", ", ".join(roles)),
        ("Sectors", ", ".join(sectors) or "All"),
        ("Quadrants", ", ".join(quadrants) or "All"),
    ]


def people_words(count: int) -> str:
    """1 person, 2,261 people"""
    return "1 person" if count == 1 else f"{number(count)} people"
