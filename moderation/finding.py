"""Cases by their reference, told as blind as in the list (M4)."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from banding_portal.finding.results import FEW, Found, Group, group_of, without_kind
from moderation.models import Case
from moderation.selectors.blind import BlindCase, blind_cases, seen_by
from moderation.views.cases import CaseList
from schools.models import User


def find(user: User, text: str) -> Iterator[Group]:
    if not user.has_role(*CaseList.allowed_roles):
        return
    text = without_kind(text, "case", "pupil")  # as lists and pages call them
    cases = Case.objects.visible_to(user).filter(reference__istartswith=text)
    shown = seen_by(user, blind_cases(cases.order_by("reference", "pk")[: FEW + 1]))
    more = f"{reverse('moderation:case_list')}?{urlencode({'q': text})}"
    yield from group_of("Cases", shown, shown_case, more)


def shown_case(case: BlindCase) -> Found:
    url = reverse("moderation:case_detail", args=[case.pk])
    return Found(f"Case {case.reference}", url, f"{case.facts} · {case.state_label}")
