"""The public texts, each an address of the same name."""

from django.db.models import TextChoices


class PublicTextKind(TextChoices):
    ACCESSIBILITY = "accessibility", "Accessibility statement"
    PRIVACY = "privacy", "Privacy notice"
    COOKIES = "cookies", "Cookies"
    CONTACT = "contact", "Contact"
