"""What an import of the register wrote, for its record (rules.md S12)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from banding_portal.files.previews import Change
from banding_portal.words import field_words, short_day
from schools.models import Placement, School, SchoolLink
from schools.services.import_records import Written

Facts = dict[str, Any]
LINK_FACTS = ("school_id", "linked_urn", "kind", "linked_name", "established_on")
PLACEMENT_FACTS = ("pupil_id", "school_id", "start", "end")


def facts(row: Any, names: Iterable[str]) -> Facts:
    return {name: getattr(row, name) for name in names}


def new_school(school: School, names: Iterable[str]) -> Written:
    return Written(school, who_is(school), "School", "", "new", {}, facts(school, names))


def changed_school(school: School, before: Facts, told: Iterable[Change]) -> Written:
    told = list(told)
    return Written(
        row=school,
        who=told[0].who,
        what=", ".join(change.what for change in told),
        old=", ".join(change.old for change in told if change.old),
        new=", ".join(change.new for change in told if change.new),
        before=before,
        after=facts(school, before),
    )


def new_link(link: SchoolLink) -> Written:
    return Written(link, who_is(link.school), str(link), "", "new", {}, facts(link, LINK_FACTS))


def changed_link(link: SchoolLink, before: Facts) -> Written:
    after = facts(link, LINK_FACTS)
    names = [name for name in LINK_FACTS if before[name] != after[name]]
    what = f"{link}: {', '.join(field_words(name) for name in names)}"
    old, new = (", ".join(str(each[name] or "") for name in names) for each in (before, after))
    return Written(link, who_is(link.school), what, old, new, before, after)


def who_is(school: School) -> str:
    return f"{school.name} ({school.urn})"


class CarriedPlacements:
    """The placements of some pupils before they are carried; `written` afterwards."""

    def __init__(self, stuck: QuerySet[Placement]) -> None:
        self.pupils: set[UUID] = set(stuck.values_list("pupil", flat=True))
        self.before = self.now()

    def now(self) -> dict[UUID, Placement]:
        found = Placement.objects.filter(pupil__in=self.pupils).select_related("pupil", "school")
        return {row.pk: row for row in found.order_by("pupil", "start")}

    def written(self) -> list[Written]:
        after = self.now()
        rows = []
        for pk in {**self.before, **after}:
            old, new = self.before.get(pk), after.get(pk)
            was, is_now = (facts(row, PLACEMENT_FACTS) if row else {} for row in (old, new))
            if was != is_now:
                rows.append(placement_row(old, new, was, is_now))
        return rows


def placement_row(
    old: Placement | None, new: Placement | None, before: Facts, after: Facts
) -> Written:
    row = new or old
    assert row is not None  # noqa: S101 - one of the two is there
    pupil, school = row.pupil, row.school
    return Written(
        row=row,
        who=f"{pupil.display_name} ({pupil.reference})",
        what=f"Placement at {school.name} from {short_day(row.start)}",
        old=ends_on(old),
        new=ends_on(new) if new else "removed",
        before=before,
        after=after,
        pupil=row.pupil_id,
    )


def ends_on(row: Placement | None) -> str:
    if row is None:
        return ""
    return f"ends {short_day(row.end)}" if row.end else "no end"
