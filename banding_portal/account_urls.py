"""The addresses of django-allauth that are in use, one by one; a release of it opens no other.

allauth still builds links to some that are off, so each of those keeps its name and answers 404.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path

from banding_portal.sign_in.second_step import second_step


@login_not_required
def switched_off(request: HttpRequest, key: str = "") -> HttpResponse:
    """People are invited, administrators change addresses, and nobody signs in by a code mailed."""
    raise Http404


SWITCHED_OFF = {
    "account_signup": "signup/",
    "account_email": "email/",
    "account_email_verification_sent": "confirm-email/",
    "account_confirm_email": "confirm-email/<path:key>/",
    "account_confirm_login_code": "login/code/confirm/",
}
KEY, CODES, APP, PASSKEYS = "reset/key/", "2fa/recovery-codes/", "2fa/totp/", "2fa/webauthn/"

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path(
        f"password/{KEY}done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        rf"^password/{KEY}(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", second_step, name="mfa_authenticate"),
    path("2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(f"{APP}activate/", totp.activate_totp, name="mfa_activate_totp"),
    path(f"{APP}deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(CODES, codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(f"{CODES}generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(f"{CODES}download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path(PASSKEYS, webauthn.list_webauthn, name="mfa_list_webauthn"),
    path(f"{PASSKEYS}add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path(f"{PASSKEYS}login/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(
        f"{PASSKEYS}reauthenticate/",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(f"{PASSKEYS}keys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path(f"{PASSKEYS}keys/<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    *(path(address, switched_off, name=name) for name, address in SWITCHED_OFF.items()),
]
