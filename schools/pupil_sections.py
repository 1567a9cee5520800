"""What other apps add to a pupil's page: a section each, and spans for the timeline.

The setting PUPIL_SECTIONS names functions `(pupil, user) -> PupilSection`; each answers for
what the person may see (rules.md B6). PUPIL_BANDS names the function `(pupils, user) -> Bands`
that tells the band of each pupil in a list.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from banding_portal.pictures.timeline import Span
from schools.models import Pupil, User

Bands = dict[UUID, list[Any]]


@dataclass(frozen=True)
class PupilSection:
    """A template, included with `section` as its own context, and bars for the timeline."""

    template: str
    context: dict[str, Any]
    spans: list[Span] = field(default_factory=list)


def sections_of(pupil: Pupil, user: User) -> list[PupilSection]:
    """Every app's section, in the order of the setting."""
    return [import_string(path)(pupil, user) for path in settings.PUPIL_SECTIONS]


def bands_of(pupils: list[Pupil], user: User) -> Bands:
    """By pupil what is in force, each with its `band` and `framework`, as far as the person may
    see it, in one query.
    """
    bands: Bands = import_string(settings.PUPIL_BANDS)(pupils, user)
    return bands
