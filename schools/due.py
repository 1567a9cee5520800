"""What is due from a person in schools."""

from banding_portal.due import DueItem
from schools.models import User


def due_items(user: User) -> list[DueItem]:
    """Due things for the home page, each with one link."""
    return []
