"""What an administrator puts right on somebody's account: name, address, a lost second factor.

A new address is confirmed by a mail sent there before it is taken, and the old one is told.
"""

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from banding_portal.refusals import RefusalError
from banding_portal.roles import ADMINISTRATOR
from banding_portal.states import acting
from banding_portal.verbs import verb
from schools.actions.people import person_actions
from schools.models import User
from schools.services.letters import link_to, send_letter
from schools.services.people import mail_link
from schools.two_administrators import why_not_move

SIGNER = TimestampSigner(salt="schools.address", sep=".")
TAKEN = "There is a person with this email address already."


class AddressLinkError(RefusalError):
    """Raised for a link to confirm an address that is used, too old or wrong."""


@verb
def change_person(*, person: User, name: str, email: str, by: User) -> User:
    """Change the name, and ask for the address: it waits as `new_email` until it is confirmed.

    Of somebody who has never signed in it is changed at once, for the link they need to get in
    proves it. The present address takes a request back. Raises RefusalError for one in use.
    """
    row = User.objects.select_for_update().get(pk=person.pk)
    person_actions(row, by).require("edit")
    email = email.strip().lower()
    row.name, row.new_email = name.strip(), "" if email == row.email else email
    if row.new_email:
        refuse_to_move(row)
    if row.new_email and User.objects.filter(email=row.new_email).exists():
        raise RefusalError(TAKEN, field="email")
    row.save(update_fields=["name", "new_email"])
    if row.new_email and not row.has_signed_in:
        take_address(row)
    return row


def refuse_to_move(person: User) -> None:
    """Raises RefusalError where a new address alone would open an account of weight (S16)."""
    if reasons := why_not_move(person.roles_kept(), has_second_factor=is_mfa_enabled(person)):
        raise RefusalError(*reasons, field="email")


def take_address(person: User) -> None:
    """The waiting address becomes the person's; no link to another one works for them."""
    person.email, person.new_email = person.new_email, ""
    person.address_changed_at = timezone.now()
    try:
        with transaction.atomic():
            person.save(update_fields=["email", "new_email", "address_changed_at"])
    except IntegrityError as problem:
        raise RefusalError(TAKEN, field="email") from problem
    EmailAddress.objects.filter(user_id=person.pk).delete()


def mail_about_address(*, person: User, old: str, by: User) -> None:
    """Ask at the new address, or send the invitation there, and tell the old one.

    Raises OSError when mail is away.
    """
    if not person.new_email:
        mail_link(person)
    else:
        path = reverse("schools:address", args=[address_token(person)])
        send_letter("address_confirm", person.new_email, person=person, url=link_to(path))
    send_letter("address_leave", old, person=person, by=by)


def address_token(person: User) -> str:
    """A signed token that works once: it rests on the two addresses."""
    return SIGNER.sign(f"{person.pk.hex}.{addresses_of(person)}")


def addresses_of(person: User) -> str:
    value = f"{person.email}|{person.new_email}|{person.is_active}"
    return salted_hmac("schools.address", value).hexdigest()[:32]


def person_of_address(token: str, *, lock: bool = False) -> User:
    """Whose new address a link confirms. Raises AddressLinkError."""
    try:
        value = SIGNER.unsign(token, max_age=dt.timedelta(days=settings.INVITATION_DAYS))
        pk, addresses = value.split(".")
    except (BadSignature, ValueError) as problem:
        raise AddressLinkError("This link is too old or not complete.") from problem
    people = User.objects.select_for_update() if lock else User.objects
    person = people.filter(pk=pk, is_active=True).exclude(new_email="").first()
    if person is None or not constant_time_compare(addresses, addresses_of(person)):
        raise AddressLinkError("This link has been used, or something else was asked for since.")
    return person


@verb
def confirm_address(*, token: str) -> User:
    """Take the address the link was sent to. Of two at once one gets an AddressLinkError.

    Raises RefusalError where somebody else has got the address meanwhile.
    """
    person = person_of_address(token, lock=True)
    refuse_to_move(person)
    with acting(person):
        take_address(person)
    return person


@verb
def reset_second_factor(*, person: User, by: User) -> User:
    """Take away app, passkeys and recovery codes, and end every session of the person.

    They sign in with their password and set up another. `mail_about_reset` tells them.
    """
    row = User.objects.select_for_update().get(pk=person.pk)
    person_actions(row, by).require("reset")
    take_second_factor(row)
    return row


@verb
def reset_on_the_server(*, person: User) -> User:
    """The same for an administrator whom nobody else can help: asked for by whoever runs the
    server, on record under the administrator's own name. Raises RefusalError for anybody else.
    """
    row = User.objects.select_for_update().get(pk=person.pk)
    if not row.is_active or not row.has_role(*ADMINISTRATOR):
        raise RefusalError(
            f"{row} is not an administrator. An administrator can do this on the person’s page."
        )
    if not is_mfa_enabled(row):
        raise RefusalError(f"{row} has no second factor.")
    with acting(row):
        take_second_factor(row)
    return row


def take_second_factor(person: User) -> None:
    Authenticator.objects.filter(user_id=person.pk).delete()
    person.second_factor_reset_at = timezone.now()
    person.end_sessions()
    person.save(update_fields=["second_factor_reset_at", "sessions_ended_at"])


def mail_about_reset(*, person: User, by: User | None) -> None:
    """Tell the person; `by` is None where it was done on the server. Raises OSError when mail is
    away.
    """
    send_letter("second_factor_reset", person.email, person=person, by=by)
