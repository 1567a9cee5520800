"""Background work of schools: tasks read again and call one service."""

from celery import shared_task

from schools.information_sheets.services import tell_of_sheets


@shared_task
def tell_of_information_sheets() -> None:
    """Queue the emails of sheets that begin today; doing it twice does no harm."""
    tell_of_sheets()
