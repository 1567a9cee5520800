"""The sign-in forms of django-allauth in the portal's words."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn

from banding_portal.forms import PortalFormMixin
from banding_portal.sign_in.codes_once import CodeGoodOnce


class AccountFormMixin(PortalFormMixin):
    """`labels` and `hints` by field name, set before the messages are written from them."""

    labels: dict[str, str] = {}
    hints: dict[str, str] = {}

    def name_fields(self) -> None:
        for name, label in self.labels.items():
            self.fields[name].label = label
        for name, hint in self.hints.items():
            self.fields[name].help_text = hint


class LoginForm(AccountFormMixin, account.LoginForm):
    labels = {"login": "Email address", "password": "Password"}
    hints = {"password": ""}


class ResetPasswordForm(AccountFormMixin, account.ResetPasswordForm):
    labels = {"email": "Email address"}


NEW_PASSWORD = {"password1": "New password", "password2": "New password again"}
LONG_ENOUGH = {"password1": "At least 12 characters. Three words you can remember work well."}


class ResetPasswordKeyForm(AccountFormMixin, account.ResetPasswordKeyForm):
    labels = NEW_PASSWORD
    hints = LONG_ENOUGH


class ChangePasswordForm(AccountFormMixin, account.ChangePasswordForm):
    labels = {"oldpassword": "Current password"} | NEW_PASSWORD
    hints = {"oldpassword": ""} | LONG_ENOUGH


class SetPasswordForm(AccountFormMixin, account.SetPasswordForm):
    labels = NEW_PASSWORD
    hints = LONG_ENOUGH


class ConfirmPasswordForm(AccountFormMixin, account.ReauthenticateForm):
    labels = {"password": "Password"}
    hints = {"password": ""}


class CodeLook:
    width = {"code": 10}


class AuthenticateForm(AccountFormMixin, CodeGoodOnce, mfa.AuthenticateForm):
    labels = {"code": "Code"}
    hints = {"code": "6 digits from your authenticator app, or one of your recovery codes"}
    Look = CodeLook


class ConfirmCodeForm(AccountFormMixin, CodeGoodOnce, mfa.ReauthenticateForm):
    labels = {"code": "Code"}
    hints = {"code": "6 digits from your authenticator app, or one of your recovery codes"}
    Look = CodeLook


class ActivateTOTPForm(AccountFormMixin, totp.ActivateTOTPForm):
    labels = {"code": "Code shown in the app"}
    hints = {"code": "6 digits, changing every half minute"}
    Look = CodeLook


class AddPasskeyForm(AccountFormMixin, webauthn.AddWebAuthnForm):
    labels = {"name": "Name of this passkey"}
    hints = {"name": "So that you can tell it from others, like “School laptop”"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["name"] = "My passkey"
        if "passwordless" in self.fields:
            field = self.fields["passwordless"]
            field.label = "Sign in with this alone, without my password"
            field.help_text = "The device asks for your finger, face or PIN instead."


class EditPasskeyForm(AccountFormMixin, webauthn.EditWebAuthnForm):
    labels = {"name": "Name of this passkey"}
