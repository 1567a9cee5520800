"""The button that takes back what was kept too long (M4)."""

from banding_portal.pages import ActionPage
from banding_portal.roles import MODERATION_LEAD
from banding_portal.words import counted
from moderation.leases.services import take_back_lapsed
from moderation.models import Sample
from moderation.views.finding import AboutSample


class CasesTakeBack(AboutSample, ActionPage[Sample]):
    allowed_roles = MODERATION_LEAD

    def act(self) -> str:
        taken = take_back_lapsed(sample=self.found, by=self.user)
        return f"{counted(taken, 'case')} taken back, to be given to somebody else."
