"""The second step of a sign-in whose second factor was taken away meanwhile.

django-allauth leads from there to the sign-in, and from the sign-in back there, without end.
"""

from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStageController
from allauth.mfa.base.views import authenticate
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

RESET = "Your second step has been reset. Sign in with your password, and set up a new one."


@login_not_required
def second_step(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Asks for the code, or begins the sign-in anew where there is none to ask for."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage and not is_mfa_enabled(stage.login.user):
        clear_login(request)
        messages.info(request, RESET)
        return redirect("account_login")
    return authenticate(request, *args, **kwargs)
