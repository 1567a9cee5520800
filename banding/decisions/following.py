"""Telling other apps that a decision was replaced by another (rules.md B4, M10).

The setting DECISION_FOLLOWERS names them: functions `(replaced, *, by)`, `replaced` being the ids
of the decisions by those of what they replace. Told in the same transaction, with both locked.
"""

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from schools.models import User


def tell_decision_followers(replaced: Mapping[UUID, UUID], *, by: User | None) -> None:
    for path in settings.DECISION_FOLLOWERS if replaced else ():
        import_string(path)(replaced, by=by)
