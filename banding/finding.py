"""Collections, and the returns of the schools one works for."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse

from banding.collections.views import CollectionList
from banding.models import Collection, Return, ReturnPupil
from banding.returns.views import ReturnList
from banding_portal.finding.results import FEW, Found, Group, group_of, without_kind
from banding_portal.folding import clean_code
from banding_portal.roles import INCLUSION_PARTNER
from banding_portal.search import found_by
from schools.models import User
from schools.selectors.pupils import with_dash


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
    if user.has_role(*INCLUSION_PARTNER):
        yield from group_of("Pupils on returns", pupils_on_returns(user, text), shown_row)


def pupils_on_returns(user: User, text: str) -> QuerySet[ReturnPupil]:
    """By reference or UPN, for who opens the returns of schools and no page of a pupil."""
    wanted = clean_code(without_kind(text, "pupil", "UPN"))
    named = Q(pupil__reference__iexact=wanted) | Q(pupil__upn=wanted)
    if dashed := with_dash(wanted):
        named |= Q(pupil__reference__iexact=dashed)
    rows = ReturnPupil.objects.filter(named, pupil_return__in=Return.objects.visible_to(user))
    rows = rows.select_related("pupil", "pupil_return__school", "pupil_return__collection")
    return rows.order_by("-pupil_return__collection__deadline")[: FEW + 1]


def shown_row(row: ReturnPupil) -> Found:
    of = row.pupil_return
    url = reverse("banding:return_detail", args=[of.pk])
    return Found(f"Pupil {row.pupil.reference}", url, f"{of.school} · {of.collection}")


def shown_collection(collection: Collection) -> Found:
    url = reverse("banding:collection_detail", args=[collection.pk])
    return Found(collection.name, url, collection.get_kind_display())


def shown_return(pupil_return: Return) -> Found:
    url = reverse("banding:return_detail", args=[pupil_return.pk])
    note = f"{pupil_return.school} · {pupil_return.get_state_display()}"
    return Found(pupil_return.collection.name, url, note)
