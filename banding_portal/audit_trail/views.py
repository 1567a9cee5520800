"""The audit page."""

from functools import cached_property
from typing import Any

from banding_portal.audit_trail.events import Change, changes_matching
from banding_portal.audit_trail.forms import AuditFilterForm
from banding_portal.audit_trail.words import lines_of
from banding_portal.pages import ListPage
from banding_portal.roles import AUDITOR
from banding_portal.seals.models import TrailCheck

PAGE = 25
LAST_PAGE = 2_000


class AuditList(ListPage[None]):
    """Every recorded change, newest first: who, when, from what to what.

    Nobody counts them: one more than fits on the page tells whether there are older ones.
    """

    allowed_roles = AUDITOR
    template_name = "audit_list.html"
    filter_class = AuditFilterForm

    @cached_property
    def number(self) -> int:
        text = self.request.GET.get("page", "")
        return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() else 1

    def rows(self, wanted: dict[str, Any]) -> list[Change]:
        return changes_matching(offset=(self.number - 1) * PAGE, limit=PAGE + 1, **wanted)

    @cached_property
    def page_obj(self) -> Any:
        return self.rows(self.wanted)

    def context(self) -> dict[str, Any]:
        return {
            "checked": TrailCheck.objects.first(),
            "lines": lines_of(self.page_obj[:PAGE]),
            "newer": self.number - 1,
            "older": self.number + 1 if len(self.page_obj) > PAGE else 0,
        }
