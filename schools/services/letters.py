"""Mails about somebody's account. They name the authority and nobody's data (rules.md R3)."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from banding_portal.mails.letters import recorded
from banding_portal.mails.sending import numbered

SUBJECTS = {
    "invitation": "Your account for the banding portal of {la_name}",
    "second_factor_reset": "Your second step for the banding portal has been reset",
    "address_confirm": "Is this your email address for the banding portal?",
    "role_given": "A new role in the banding portal of {la_name}",
    "role_asked": "A role in the banding portal that two administrators give",
    "staff_changed": "A headteacher changed the people of a school",
    "address_leave": "The email address of your account for the banding portal",
}


def send_letter(letter: str, to: str, **context: Any) -> None:
    """Send one of SUBJECTS. Raises OSError when mail is away."""
    shown = {
        "la_name": settings.LA_NAME,
        "portal_url": settings.PORTAL_URL,
        "days": settings.INVITATION_DAYS,
    }
    text = render_to_string(f"schools/mail/{letter}.txt", shown | context)
    subject = SUBJECTS[letter].format(la_name=settings.LA_NAME)
    with recorded(to, subject) as kept:
        EmailMessage(subject, text, to=[to], headers=numbered(kept.mail_id)).send()


def link_to(path: str) -> str:
    """At the portal's own address, whatever host a request named."""
    return urljoin(settings.PORTAL_URL, path)
