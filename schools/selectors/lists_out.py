"""People with their roles, and schools with their quadrants, as rows of a file."""

from collections.abc import Iterator

from schools.models import Membership, School, User

PEOPLE_HEADINGS = ("name", "email", "role", "school_urn", "quadrant", "state")
SCHOOL_HEADINGS = ("urn", "name", "sector", "town", "postcode", "quadrant")


def people_rows() -> Iterator[tuple[str, ...]]:
    """A row for each current role, as a file of people has it."""
    roles = Membership.objects.current().select_related("user", "school", "quadrant")
    for role in roles.order_by("user__name", "user__email", "role", "school__urn"):
        yield (
            role.user.name,
            role.user.email,
            role.role,
            role.school.urn if role.school else "",
            role.quadrant.name if role.quadrant else "",
            role.user.state.label,
        )


def school_rows(user: User) -> Iterator[tuple[str, ...]]:
    """A row for each school that the person sees, as a file of quadrants has it."""
    for school in School.objects.visible_to(user).select_related("quadrant"):
        yield (
            school.urn,
            school.name,
            school.sector,
            school.town,
            school.postcode,
            school.quadrant.name if school.quadrant else "",
        )
