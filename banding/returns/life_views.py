"""What a school does around submitting: tell the headteacher, take the return back (B7)."""

from collections.abc import Sequence

from banding.returns.actions import return_actions
from banding.returns.forms import WithdrawForm
from banding.returns.pages import AboutReturn
from banding.returns.services import tell_ready, withdraw_return
from banding_portal.pages import ActionPage, FormPage
from banding_portal.roles import BANDING_SCHOOL_ROLES


class ReturnReady(AboutReturn, ActionPage):
    """The SENCO is done; a headteacher is told."""

    allowed_roles = own_roles = BANDING_SCHOOL_ROLES

    def act(self) -> str:
        tell_ready(pupil_return=self.pupil_return, by=self.user)
        return "The headteacher is told, on their home page and by email."


class ReturnWithdraw(AboutReturn, FormPage):
    allowed_roles = own_roles = BANDING_SCHOOL_ROLES
    template_name = "banding/return_withdraw.html"
    form_class = WithdrawForm

    def why_closed(self) -> Sequence[str]:
        return return_actions(self.pupil_return, self.user).why_not("withdraw")

    def act(self, form: WithdrawForm) -> str:
        reason = form.cleaned_data["reason"]
        withdraw_return(pupil_return=self.pupil_return, by=self.user, reason=reason)
        return "The return is with you again. Submit it when it is right."
