"""The invented authority's own contact page and privacy notice."""

from django.contrib.auth import get_user_model

from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.public_texts.choices import PublicTextKind
from banding_portal.public_texts.selectors import default_text
from banding_portal.public_texts.services import write_text
from banding_portal.roles import ADMINISTRATOR

REACH_US = """

# How to reach us

* Email: banding@westmere.example (we answer within two working days)
* Telephone: 01632 960 100, Monday to Friday, 9am to 4pm in term time
* Post: SEND operations, Westmere County Council, County Hall, Westmere WM1 1AA"""
KEPT = (
    "Records about a pupil’s needs and bands, and records of payments: as long as our retention "
    "schedule says. Ask us for it."
)
KEPT_HERE = (
    "Records about a pupil’s needs and bands: until the pupil’s 35th birthday.\n* Records of "
    "payments: six years after the end of the financial year."
)
OFFICER = "our data protection officer"
OFFICER_HERE = "our data protection officer (dpo@westmere.example, 01632 960 101)"


def seed(timeline: Timeline) -> None:
    administrator = get_user_model().objects.holding(ADMINISTRATOR).get()
    contact = default_text(PublicTextKind.CONTACT) + REACH_US
    privacy = default_text(PublicTextKind.PRIVACY)
    privacy = privacy.replace(KEPT, KEPT_HERE).replace(OFFICER, OFFICER_HERE)
    with acting(administrator, timeline.ago(30)):
        write_text(kind=PublicTextKind.CONTACT, text=contact, by=administrator)
        write_text(kind=PublicTextKind.PRIVACY, text=privacy, by=administrator)
