"""An information sheet for 2,000 people: how long its emails take to be queued, and to be sent to
a mail server of this machine that counts them (rules.md R2, R4).
"""

import time
from collections.abc import Iterator

from django.test import override_settings
from django.utils import timezone

from banding_portal.notices.services import send_notices
from banding_portal.roles import Role
from schools.information_sheets.services import Written, publish_sheet, write_sheet
from schools.models import Membership, School, User
from tests.smtp_server import mail_server

PEOPLE = 2_000
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def measure_mails() -> Iterator[str]:
    """Yield the report, a line at a time."""
    writer = add_people()
    today = timezone.localdate()
    written = Written(
        *("A sheet", "Words", "The team", today, today), roles=[Role.SENCO], by_mail=True
    )
    sheet = write_sheet(written=written, by=writer)
    start = time.perf_counter()
    publish_sheet(sheet=sheet, by=writer)
    queued = time.perf_counter() - start
    yield f"a sheet for {PEOPLE:,} people published, its emails queued: {queued:.2f} s"
    with mail_server() as box:
        to = {"EMAIL_BACKEND": SMTP, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": box.port}
        start = time.perf_counter()
        with override_settings(**to):
            sent = send_notices()
        took = time.perf_counter() - start
    yield f"sent to a mail server of this machine, each noted: {took:.1f} s"
    people = len(set(box.received))
    yield f"of them sent {sent:,}, received {len(box.received):,} by {people:,} people"


def add_people() -> User:
    """A SENCO at each of as many schools; returns the administrator who writes to them."""
    schools = [School(urn=str(100_000 + n), name=f"School {n}") for n in range(PEOPLE)]
    School.objects.bulk_create(schools)
    people = [User(email=f"senco{n}@example.org", name=f"SENCO {n}") for n in range(PEOPLE)]
    User.objects.bulk_create(people)
    Membership.objects.bulk_create(
        Membership(user=person, role=Role.SENCO, school=school)
        for person, school in zip(people, schools, strict=True)
    )
    writer = User.objects.create(email="administrator@example.org", name="Administrator")
    Membership.objects.create(user=writer, role=Role.ADMINISTRATOR)
    return User.objects.get(pk=writer.pk)
