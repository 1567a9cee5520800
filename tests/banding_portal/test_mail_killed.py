"""Workers killed in the middle of sending, with real processes and a mail server that counts (R2).

`make soak` kills 300 of them.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.conf import settings
from django.utils import timezone

from banding_portal.mails.sending import CLAIM
from banding_portal.models import Notice
from banding_portal.notices.services import send_notices
from tests.banding_portal.test_mails import tell
from tests.factories import UserFactory
from tests.smtp_server import mail_server, use
from tests.workers import database_url

WORKER = """
import sys
import django
django.setup()
from django.conf import settings
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[1])
from banding_portal.notices.services import send_notices
send_notices()
"""
EACH = 4
"""Emails that are on their way while a worker is killed."""
PATIENCE = 60


def kill_while_sending(box, wait):
    """Start a worker, and kill it some moments after the server has taken its first email."""
    before = len(box.received)
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(box.port)],
        env=os.environ | {"DATABASE_URL": database_url()},
        cwd=settings.BASE_DIR,
    )
    give_up = time.monotonic() + PATIENCE
    while len(box.received) == before and worker.poll() is None and time.monotonic() < give_up:
        time.sleep(0.001)
    time.sleep(wait)
    worker.kill()
    worker.wait()


def claims_run_out():
    Notice.objects.exclude(claimed_at=None).update(claimed_at=timezone.now() - 2 * CLAIM)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kills", [3, pytest.param(300, marks=pytest.mark.soak)])
def test_killed_workers_lose_nothing_and_repeat_at_most_once(settings, kills):
    chance = random.Random(kills)
    people = [UserFactory() for _ in range(EACH * kills)]
    tell(*people)
    with mail_server() as box:
        use(settings, box.port)
        for _ in range(kills):
            kill_while_sending(box, chance.uniform(0, 0.01))
            claims_run_out()
        for _ in range(3):
            send_notices()
            claims_run_out()
    times = Counter(box.received)
    assert set(times) == {each.email for each in people}
    assert max(times.values()) <= 2
    assert sum(times.values()) - len(people) <= kills
    numbers = Counter(zip(box.received, box.numbers, strict=True))
    assert len(numbers) == len(people)
    left = [each for each in Notice.objects.filter(sent_at=None) if not each.is_uncertain]
    assert left == []
