"""Figures that everybody may read: made by one, made public by another (rules.md F13)."""

from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from funding.figures.services import make_figures, publish_figures
from schools.models import User

INTRODUCTION = """# How bands are decided
Schools choose the band that fits each pupil best and say why. The authority looks at a sample of
their decisions before top-up is paid.

# When it is paid
Top-up is paid each term, once schools have said who joined and who left.
"""


def seed_figures(timeline: Timeline) -> None:
    """As they stood last week, after the last term was published."""
    officer = User.objects.holding([Role.FINANCE_OFFICER]).earliest("email")
    authoriser = User.objects.holding([Role.FINANCE_AUTHORISER]).earliest("email")
    with acting(officer, timeline.ago(4), minutes=30):
        made = make_figures(introduction=INTRODUCTION, by=officer)
    with acting(authoriser, timeline.ago(4), minutes=90):
        publish_figures(edition=made, by=authoriser)
