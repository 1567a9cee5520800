"""Background work of schools: tasks read again and call one service."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from schools.information_sheets.services import tell_of_sheets
from schools.looks.services import flag_unusual_day
from schools.queries.services.reminding import remind_of_queries as remind


@shared_task
def tell_of_information_sheets() -> None:
    """Queue the emails of sheets that begin today; doing it twice does no harm."""
    tell_of_sheets()


@shared_task
def remind_of_queries() -> None:
    """Who answers hears of queries that are due or late; doing it twice does no harm."""
    remind(on=timezone.localdate())


@shared_task
def flag_unusual_looking() -> None:
    """Find whose looking at pupils was unusual yesterday; doing it twice does no harm."""
    flag_unusual_day(timezone.localdate() - timedelta(days=1))
