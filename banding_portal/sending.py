"""Sending a task. The row behind it is the truth; a lost message is sent again by the sweeper."""

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger()


def send_on_commit(task_name: str, *ids: str) -> None:
    """Send a task once the transaction is committed; a broker that is away breaks no page."""
    transaction.on_commit(lambda: send(task_name, *ids))


def send(task_name: str, *ids: str) -> None:
    """Send a task now. Arguments are ids only, never pupil data (rules.md R3)."""
    try:
        current_app.send_task(task_name, args=ids)
    except OperationalError:
        log.warning("task_not_sent", task=task_name)
