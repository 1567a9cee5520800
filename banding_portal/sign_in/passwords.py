"""Whether a password is strong enough: Django's three checks, answered in one sentence of ours."""

from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError

SHORTEST = 12
TOO_SHORT = f"Enter a password of at least {SHORTEST} characters, such as three words"
TOO_COMMON = "Enter a password that is harder to guess, such as three words"
TOO_CLOSE = "Enter a password that is not like your name or email address"


class StrongPassword:
    """What is wrong first is said, and nothing else: each sentence asks for another password."""

    def __init__(self) -> None:
        self.checks = (
            (CommonPasswordValidator(), TOO_COMMON),
            (UserAttributeSimilarityValidator(), TOO_CLOSE),
        )

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < SHORTEST:
            raise ValidationError(TOO_SHORT, "password_too_short")
        for check, said in self.checks:
            try:
                check.validate(password, user)
            except ValidationError as problem:
                raise ValidationError(said, problem.code) from None

    def get_help_text(self) -> str:
        return TOO_SHORT
