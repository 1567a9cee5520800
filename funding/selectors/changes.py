"""What the audit trail recorded that may have changed what is due (rules.md F8).

A few queries for many pupils at once, none for each.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from banding.choices import DecisionState, RequestState
from banding.models import Band, ExceptionalRequest, Framework
from banding_portal.audit_trail.events import event_models
from funding.calculation.calendar import financial_year_of
from funding.calculation.causes import ALL_DAYS, Change, Days, days_added
from funding.choices import CauseKind, SchoolAmountKind
from funding.selectors import change_words as words
from schools.models import PupilMerge, User

Row = dict[str, Any]
Pair = tuple[Row | None, Row | None, Row]
"""A row before and after, and the event."""
Said = Callable[[Row | None, Row | None], str]
Key = tuple[Any, ...]


class Recorded:
    """Changes of some pupils and schools, and of what everybody is paid by: band values and
    funding policies.
    """

    def __init__(self, pupils: Collection[UUID], schools: Collection[UUID]) -> None:
        self.pupils, self.schools = list(pupils), list(schools)
        self.found: dict[Key, list[Change]] = defaultdict(list)
        self.events = event_models()
        self.names = {str(pk): name for pk, name in User.objects.values_list("pk", "name")}
        self.bands = dict(Band.objects.values_list("pk", "name"))
        self.frameworks = dict(Framework.objects.values_list("pk", "name"))
        self._add_stretches("schools.placement", CauseKind.PLACEMENT, words.said_of_placement)
        self._add_stretches("schools.plan", CauseKind.PLAN, words.said_of_plan)
        self._add_decisions()
        self._add_authorities()
        self._add_amounts()
        self._add_merges()
        self._add_schools()
        self._add_values()
        self._add_rates()
        self._add_policies()
        self._add_protection()
        self._add_school_days()

    def about(
        self, *, pupil: UUID | None, school: UUID, band: UUID | None, sector: str
    ) -> Iterator[Change]:
        """What may explain a line, in no order."""
        keys: list[Key] = [("pupil", pupil), ("school", school), ("policy", sector)]
        for key in [*keys, ("value", band, sector), ("rate", school, band)]:
            yield from self.found.get(key, ())

    def about_school_days(self, *, school: UUID, day: dt.date) -> Iterator[Change]:
        """What was put right of the financial year of a day, for everybody or for the school."""
        start, _ = financial_year_of(day)
        for whose in (None, school):
            yield from self.found.get(("school days", whose, start), ())

    def _pairs(self, name: str, **about: Any) -> Iterator[Pair]:
        """Every event of the rows that were ever about something, each with the one before it."""
        model = self.events[name]
        rows = model.objects.all()
        if about:
            rows = rows.filter(pgh_obj_id__in=model.objects.filter(**about).values("pgh_obj_id"))
        who = KeyTextTransform("user", "pgh_context__metadata")
        events = rows.order_by("pgh_obj_id", "pgh_id").annotate(by=who, at=F("pgh_created_at"))
        for _, of_row in groupby(events.values(), lambda event: event["pgh_obj_id"]):
            before: Row | None = None
            for event in of_row:
                after = None if event["pgh_label"] == "delete" else event
                yield before, after, event
                before = after

    def _keep(
        self,
        key: Key,
        kind: str,
        said: str,
        event: Row,
        days: Sequence[Days] = ALL_DAYS,
        **more: Any,
    ) -> None:
        by = self.names.get(event["by"] or "", "")
        self.found[key].append(Change(kind, said, by, event["at"], tuple(days), **more))

    def _add_stretches(self, name: str, kind: str, said_of: Said) -> None:
        """Placements and plans: from a day to a day."""
        for before, after, event in self._pairs(name, pupil_id__in=self.pupils):
            if before and after and before["pupil_id"] != after["pupil_id"]:
                continue  # A merge, which is a cause of its own.
            if before and after and what_of(before) != what_of(after):
                self._keep_stretch(kind, said_of, before, None, event)
                self._keep_stretch(kind, said_of, None, after, event)
            else:
                self._keep_stretch(kind, said_of, before, after, event)

    def _keep_stretch(
        self, kind: str, said_of: Said, before: Row | None, after: Row | None, event: Row
    ) -> None:
        row: Row = after or before or {}
        was, now = ([(each["start"], each["end"])] if each else [] for each in (before, after))
        key, said = ("pupil", row["pupil_id"]), said_of(before, after)
        for adds, old, new in ((True, was, now), (False, now, was)):
            days = [(start, end or dt.date.max) for start, end in new]
            if old and new:
                days = days_added(old[0], new[0])
            if days:
                place = row.get("school_id")
                self._keep(key, kind, said, event, days, place=place, adds=adds)

    def _add_decisions(self) -> None:
        """As they come into force and go out of it."""
        for before, after, event in self._pairs("banding.banddecision", pupil_id__in=self.pupils):
            was, now = is_in_force(before), is_in_force(after)
            if was == now:
                continue
            row: Row = (after if now else before) or {}
            said = words.said_of_decision(row, self.bands.get(row["band_id"], ""), now)
            days = [(row["effective_from"], dt.date.max)]
            key = ("pupil", row["pupil_id"])
            at = row["submitted_at"] if now else None
            by = event["by"] or str(row["decided_by_id"])
            told = event | {"at": at or event["at"], "by": by}
            self._keep(key, CauseKind.DECISION, said, told, days, counts=now)

    def _add_authorities(self) -> None:
        for before, after, event in self._pairs("schools.pupil", pgh_obj_id__in=self.pupils):
            if before and after and before["responsible_la"] != after["responsible_la"]:
                key = ("pupil", after["pgh_obj_id"])
                self._keep(key, CauseKind.AUTHORITY, words.said_of_authority(after), event)

    def _add_amounts(self) -> None:
        owners = dict(
            ExceptionalRequest.objects.of_pupils(self.pupils).values_list(
                "pk", Coalesce("return_pupil__pupil", "decision__pupil")
            )
        )
        for before, after, event in self._pairs(
            "banding.exceptionalrequest", pgh_obj_id__in=list(owners)
        ):
            agreed = [
                each for each in (before, after) if each and each["state"] == RequestState.AGREED
            ]
            if not after or not agreed or agreed[-1] is not after:
                continue
            facts = after["amount"], after["starts_on"], after["ends_on"]
            days = [(each["starts_on"], each["ends_on"] or dt.date.max) for each in agreed]
            key = ("pupil", owners[after["pgh_obj_id"]])
            self._keep(key, CauseKind.EXCEPTIONAL, words.said_of_amount(*facts), event, days)

    def _add_merges(self) -> None:
        of_either = {
            row
            for name in ("kept_id__in", "dropped_id__in")
            for row in PupilMerge.objects.filter(**{name: self.pupils}).values_list("pk", flat=True)
        }
        for _, after, event in self._pairs("schools.pupilmerge", pgh_obj_id__in=of_either):
            if after:
                undone = after["undone_at"]
                said = "two records taken apart again" if undone else "two records made one"
                for pupil in (after["kept_id"], after["dropped_id"]):
                    self._keep(("pupil", pupil), CauseKind.MERGE, said, event)

    def _add_schools(self) -> None:
        for before, after, event in self._pairs("schools.school", pgh_obj_id__in=self.schools):
            if not before or not after:
                continue
            if any(before[name] != after[name] for name in ("sector", "is_paid")):
                place = after["pgh_obj_id"]
                said = words.said_of_school(before, after)
                self._keep(("school", place), CauseKind.SCHOOL, said, event, place=place)

    def _add_values(self) -> None:
        for before, after, event in self._pairs("funding.bandvalue"):
            row: Row = after or before or {}
            said = words.said_of_value(before, after, self.bands.get(row["band_id"], ""))
            key, days = ("value", row["band_id"], row["sector"]), from_day(before, after)
            self._keep(key, CauseKind.VALUE, said, event, days)

    def _add_rates(self) -> None:
        about = {"school_id__in": self.schools, "kind": SchoolAmountKind.RATE}
        for before, after, event in self._pairs("funding.schoolamount", **about):
            row: Row = after or before or {}
            said = words.said_of_rate(row, self.bands.get(row["band_id"], ""), bool(after))
            key = ("rate", row["school_id"], row["band_id"])
            self._keep(key, CauseKind.VALUE, said, event)

    def _add_policies(self) -> None:
        for before, after, event in self._pairs("funding.fundingpolicy"):
            row: Row = after or before or {}
            said = words.said_of_policy(before, after, self.frameworks.get(row["framework_id"], ""))
            key, days = ("policy", row["sector"]), from_day(before, after)
            self._keep(key, CauseKind.POLICY, said, event, days)

    def _add_protection(self) -> None:
        for before, after, event in self._pairs("funding.protectionrule"):
            row: Row = after or before or {}
            days = [(each["starts_on"], each["ends_on"]) for each in (before, after) if each]
            said = words.said_of_protection(row, is_there=after is not None)
            self._keep(("policy", row["sector"]), CauseKind.PROTECTION, said, event, days)

    def _add_school_days(self) -> None:
        """The last of each financial year: they come by the hundred."""
        last: dict[Key, Row] = {}
        for before, after, event in self._pairs("funding.schoolday"):
            row: Row = after or before or {}
            start, _ = financial_year_of(row["date"])
            key = ("school days", row["school_id"], start)
            if key not in last or last[key]["at"] <= event["at"]:
                last[key] = event
        for key, event in last.items():
            said = words.said_of_school_days(key[2], is_own=key[1] is not None)
            self._keep(key, CauseKind.CALENDAR, said, event)


def what_of(stretch: Row) -> Any:
    """At which school, or on which plan."""
    return stretch.get("school_id") or stretch.get("plan_type")


def from_day(before: Row | None, after: Row | None) -> list[Days]:
    """From the earlier of two days on."""
    return [(min(each["effective_from"] for each in (before, after) if each), dt.date.max)]


def is_in_force(decision: Row | None) -> bool:
    return decision is not None and decision["state"] == DecisionState.SUBMITTED
