"""What somebody who opens a collection should know first, asked of every app (B4)."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.text import get_text_list

from banding.choices import CollectionKind
from banding.collections.selectors import sector_figures
from banding.models import Collection, Framework
from banding_portal.words import counted, number
from schools.choices import Sector


def warnings_of(
    framework: Framework, sectors: Sequence[str], day: dt.date, kind: str = CollectionKind.EXERCISE
) -> list[str]:
    """Of sectors asked twice, and of the functions that the setting OPENING_WARNINGS names."""
    anew = counted_anew(framework, sectors) if kind == CollectionKind.EXERCISE else []
    return (
        asked_already(framework, sectors)
        + anew
        + [
            sentence
            for path in settings.OPENING_WARNINGS
            for sentence in import_string(path)(framework, sectors, day)
        ]
    )


def asked_already(framework: Framework, sectors: Sequence[str]) -> list[str]:
    """Other open collections under the framework that ask some of the same schools."""
    now = Collection.objects.open_on(timezone.localdate()).filter(framework=framework)
    return [
        f"{each.name} is open and asks {sector_words(set(sectors) & set(each.sectors))} already: "
        "these schools would have two returns for the same pupils."
        for each in now.filter(sectors__overlap=list(sectors)).order_by("deadline", "name")
    ]


def counted_anew(framework: Framework, sectors: Sequence[str]) -> list[str]:
    """Of sectors with returns in from another exercise under the framework: they count no longer
    towards whether modelling can begin (decisions/0016).
    """
    labels = {str(Sector(sector).label) for sector in sectors}
    return [
        f"{each.sector}: {counted(each.pupils - each.missing, 'pupil')} of {number(each.pupils)} "
        f"{'is' if each.pupils - each.missing == 1 else 'are'} in from {each.exercise}. Once this "
        "exercise is open, its returns decide whether modelling can begin."
        for each in sector_figures(framework)
        if each.sector in labels and each.exercise and each.pupils > each.missing
    ]


def sector_words(sectors: set[str]) -> str:
    return get_text_list(sorted(str(Sector(sector).label) for sector in sectors), "and")
