"""Background work of funding: tasks read again and call one service."""

from celery import shared_task
from django.utils import timezone

from funding.services.reminding import remind_of_drafts as remind
from funding.webhooks.services import try_again_what_is_due


@shared_task
def remind_of_drafts() -> None:
    """Who prepared a run hears that it is still a draft; doing it twice does no harm."""
    remind(on=timezone.localdate())


@shared_task
def tell_finance_systems() -> None:
    """Try again what did not arrive; doing it twice does no harm."""
    try_again_what_is_due(timezone.now())
