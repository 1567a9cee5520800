"""The work of the job that tells a finance system of a published run (rules.md F21)."""

import json

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from banding_portal.jobs.results import Issue, Progress, Result
from funding.interface.answers import RunAnswer
from funding.webhooks.models import WebhookDelivery
from funding.webhooks.rules import next_try, sign
from funding.webhooks.sending import NotDeliveredError, post

EVENT = "run.published"
SUCCESS = 2
"""What every status of an answer that took the message begins with."""


def deliver(job: WebhookDelivery, progress: Progress) -> Result:
    """Send it and keep what came of it. What did not arrive is sent again later under the same
    number, by which the finance system knows a message that came twice.
    """
    now = timezone.now()
    try:
        status = post(job.webhook.url, body_of(job), headers_of(job), settings.WEBHOOK_HOSTS)
    except NotDeliveredError as problem:
        return failed(job, str(problem))
    if status // 100 != SUCCESS:
        return failed(job, f"It answered with the status {status}.")
    kept = {"tries": job.tries + 1, "tried_at": now, "again_at": None, "problem": ""}
    return Result(preview={"status": status}, kept=kept)


def failed(job: WebhookDelivery, problem: str) -> Result:
    now, tries = timezone.now(), job.tries + 1
    again_at = next_try(tries, now)
    kept = {"tries": tries, "tried_at": now, "again_at": again_at, "problem": problem}
    return Result(issues=[Issue(problem)], kept=kept)


def body_of(job: WebhookDelivery) -> bytes:
    """The same bytes at each try: about the run as a whole, and where its lines are read."""
    lines = reverse("funding:api:lines", args=[job.run_id])
    message = {
        "event": EVENT,
        "delivery": str(job.pk),
        "run": RunAnswer.of(job.run).model_dump(mode="json"),
        "lines": f"{settings.PORTAL_URL.rstrip('/')}{lines}",
    }
    return json.dumps(message).encode()


def headers_of(job: WebhookDelivery) -> dict[str, str]:
    at = int(timezone.now().timestamp())
    return {
        "Content-Type": "application/json",
        "User-Agent": "Banding-Portal",
        "Portal-Event": EVENT,
        "Portal-Delivery": str(job.pk),
        "Portal-Signature": sign(job.webhook.key, at, body_of(job)),
    }
