"""The schools and people of the invented authority."""

from banding_portal.demo.timeline import Timeline
from schools.demo.contacts import seed_contacts
from schools.demo.conversion import seed_conversion
from schools.demo.information_sheets import seed_sheets
from schools.demo.looks import seed_looks
from schools.demo.people import account_lines, seed_people, seed_trust
from schools.demo.queries import seed_queries
from schools.demo.register import seed_register_file
from schools.demo.resources import seed_resources
from schools.demo.schools import seed_arrangements, seed_schools
from schools.demo.staff import seed_staff
from schools.demo.training import seed_training

__all__ = [
    "account_lines",
    "seed",
    "seed_contacts",
    "seed_conversion",
    "seed_looks",
    "seed_queries",
    "seed_register_file",
    "seed_resources",
    "seed_sheets",
    "seed_staff",
    "seed_training",
    "seed_trust",
]


def seed(timeline: Timeline) -> None:
    """About forty schools in four quadrants, and an account for each role."""
    seed_people(timeline, seed_schools())
    seed_arrangements()
