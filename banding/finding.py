"""Collections, and the returns of the schools one works for."""

from collections.abc import Iterator

from django.urls import reverse

from banding.collections.views import CollectionList
from banding.models import Collection, Return
from banding.returns.views import ReturnList
from banding_portal.finding.results import FEW, Found, Group, group_of
from banding_portal.search import found_by
from schools.models import User


def find(user: User, text: str) -> Iterator[Group]:
    if user.has_role(*CollectionList.allowed_roles):
        seen = Collection.objects.visible_to(user).order_by("-deadline")
        yield from group_of(
            "Collections", seen.filter(found_by(text, "name__folded"))[: FEW + 1], shown_collection
        )
    if user.has_role(*ReturnList.allowed_roles):
        own = user.school_ids_as(*ReturnList.allowed_roles)
        seen = Return.objects.visible_to(user).filter(school__in=own)
        fit = seen.filter(found_by(text, "collection__name__folded", "school__folded"))
        fit = fit.select_related("collection", "school").order_by("-collection__deadline")
        yield from group_of("Returns", fit[: FEW + 1], shown_return)


def shown_collection(collection: Collection) -> Found:
    url = reverse("banding:collection_detail", args=[collection.pk])
    return Found(collection.name, url, collection.get_kind_display())


def shown_return(pupil_return: Return) -> Found:
    url = reverse("banding:return_detail", args=[pupil_return.pk])
    note = f"{pupil_return.school} · {pupil_return.get_state_display()}"
    return Found(pupil_return.collection.name, url, note)
