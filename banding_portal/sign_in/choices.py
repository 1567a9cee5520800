"""What happens at the door."""

from django.db.models import TextChoices


class SignInKind(TextChoices):
    SIGNED_IN = "signed_in", "Signed in"
    SIGNED_OUT = "signed_out", "Signed out"
    WRONG_PASSWORD = "wrong_password", "Wrong password"
    WRONG_CODE = "wrong_code", "Wrong code"
    TOO_MANY = "too_many", "Refused after too many tries"
    NEW_PASSWORD = "new_password", "Chose a new password"
    FACTOR_ADDED = "factor_added", "Set up a second step"
    FACTOR_REMOVED = "factor_removed", "Removed a second step"
