"""Whether schools have begun with a collection: what was not begun may still go (B5)."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from banding.choices import ReturnState
from banding.models import (
    BandDecision,
    Collection,
    IssuedTemplate,
    Joiner,
    Return,
    ReturnPupil,
    TemplateUpload,
)
from banding_portal.words import counted


def begun_returns(collection: Collection) -> QuerySet[Return]:
    """Those on which anything was saved or for which a template is out, put aside or not."""
    own = {"pupil_return": OuterRef("pk")}
    on_it = ReturnPupil.everything.filter(**own)
    told = on_it.exclude(change="", school_note="")
    decided = BandDecision.objects.filter(return_pupil__pupil_return=OuterRef("pk"))
    asked = on_it.filter(exceptional_requests__isnull=False)
    rows = (told, decided, asked, *(m.objects.filter(**own) for m in (Joiner, TemplateUpload)))
    begun = ~Q(state=ReturnState.NOT_STARTED) | Q(Exists(IssuedTemplate.objects.filter(**own)))
    for each in rows:
        begun |= Q(Exists(each))
    return Return.everything.filter(begun, collection=collection)


def problems_of_deleting(collection: Collection) -> list[str]:
    """Why a collection has to stay, as sentences; empty where nothing rests on it."""
    problems = []
    begun = begun_returns(collection).count()
    if begun:
        problems.append(
            f"{counted(begun, 'school')} {'has' if begun == 1 else 'have'} begun with it or "
            "downloaded a template. Close it instead."
        )
    if not begun and (collection.decisions.exists() or has_samples(collection)):
        problems.append("Decisions or a sample depend on it. Close it instead.")
    return problems


def has_samples(collection: Collection) -> bool:
    """Moderation's rows, which this app does not know, by their way back to the collection."""
    samples = getattr(collection, "samples", None)
    return bool(samples is not None and samples.exists())
