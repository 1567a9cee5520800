"""Keeping every pupil on one list of a collection, wherever a change came from (rules.md S10).

The one place that puts pupils on returns and takes them off. A pupil who belongs elsewhere moves
with the next change; a return that was submitted keeps its pupils. What a school has done for a
pupil stays with the row it leaves, and is there again when the pupil comes back.
"""

from collections import Counter, defaultdict
from collections.abc import Collection as Several
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from banding.choices import AWAY, OPEN_STATES, DecisionState, ReturnState
from banding.models import (
    BandDecision,
    ChangeRequest,
    Collection,
    ExceptionalRequest,
    Mark,
    Return,
    ReturnPupil,
)
from banding.returns.homes import Home, asked_by_now, homes_left, homes_of
from banding.returns.locks import mark_started
from banding.returns.putting_aside import put_aside
from banding.returns.telling import tell_without
from banding_portal.states import move_all
from banding_portal.words import counted
from schools.choices import SchoolStatus
from schools.models import Placement, Plan, School, User
from schools.selectors.successors import Successors

BATCH = 2000


def follow(pupils: Several[UUID] | None, *, by: User | None) -> list[str]:
    """Bring the lists of every collection that is not closed up to date for these pupils.

    The caller holds the places (`hold_places`). Says what it did, of several pupils as a number.
    """
    followed = [
        follow_in(collection, pupils, by=by)
        for collection in Collection.objects.filter(closed_at=None)
        .select_related("framework")
        .order_by("-reference_date", "pk")
    ]
    return [sentence for each in followed for sentence in each.said]


def follow_in(
    collection: Collection,
    pupils: Several[UUID] | None,
    *,
    by: User | None,
    is_opening: bool = False,
) -> "Following":
    """The same in one collection. Returns what was done."""
    following = Following(collection, pupils, by, is_opening)
    following.settle()
    following.write()
    return following


def pupils_about(pupil_return: Return) -> set[UUID]:
    """Those on a return, or with its school since the collection's reference date."""
    on_it = ReturnPupil.everything.filter(pupil_return=pupil_return).values_list("pupil", flat=True)
    since = pupil_return.collection.reference_date
    placed = Placement.objects.since(since).filter(school=pupil_return.school_id)
    return {*on_it, *placed.values_list("pupil", flat=True)}


@dataclass
class Following:
    """What has to change on one collection's lists for some pupils."""

    collection: Collection
    pupils: Several[UUID] | None
    by: User | None
    is_opening: bool = False
    done: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many pupils by the return, and what it does with them."""
    off: list[ReturnPupil] = field(default_factory=list)
    never_theirs: list[ReturnPupil] = field(default_factory=list)
    back: list[ReturnPupil] = field(default_factory=list)
    carried: list[ReturnPupil] = field(default_factory=list)
    forgotten: list[ReturnPupil] = field(default_factory=list)
    changed: list[ReturnPupil] = field(default_factory=list)
    new: list[ReturnPupil] = field(default_factory=list)
    extended: set[Return] = field(default_factory=set)
    without: set[Return] = field(default_factory=set)
    """Submitted, and not accepted, without somebody who belongs there."""

    def __post_init__(self) -> None:
        self.homes = self.find_homes()
        self.make_returns()
        self.returns = self.lock_returns()
        self.rows = self.read_rows()
        self.ever = self.read_schools_ever()

    @cached_property
    def successors(self) -> Successors:
        return Successors.read()

    @property
    def added(self) -> int:
        """Pupils who are on a list now and were on none of that school's before."""
        return len(self.new) + len(self.back)

    @property
    def said(self) -> list[str]:
        """“The return of Alderbrook School in Spring 2027 lists 9 pupils.”"""
        alone = self.pupils is not None and len(self.pupils) == 1
        return [
            f"The return of {where} {what.format('the pupil' if alone else counted(n, 'pupil'))}."
            for (where, what), n in self.done.items()
        ]

    def find_homes(self) -> dict[UUID, Home]:
        asked = self.collection
        today = timezone.localdate()
        found = homes_of(asked.framework, asked.sectors, asked.reference_date, today, self.pupils)
        return homes_left(asked, today, self.pupils) | found

    def make_returns(self) -> None:
        """For schools with pupils and without one; after the deadline only at the opening."""
        if self.collection.deadline < timezone.localdate() and not self.is_opening:
            return
        schools = {home.school for home in self.homes.values()}
        Return.objects.bulk_create(
            (Return(collection=self.collection, school_id=school) for school in schools),
            ignore_conflicts=True,
        )

    def lock_returns(self) -> dict[UUID, Return]:
        """By school, in one order; those the pupils are on and those they belong on."""
        found = Return.everything.select_for_update(of=("self",)).filter(collection=self.collection)
        if self.pupils is not None:
            on = ReturnPupil.everything.filter(pupil__in=self.pupils).values("pupil_return")
            homes = [home.school for home in self.homes.values()]
            found = found.filter(Q(pk__in=on) | Q(school__in=homes))
        found = found.select_related("school").order_by("pk")
        return {pupil_return.school_id: pupil_return for pupil_return in found}

    def read_rows(self) -> dict[UUID, list[ReturnPupil]]:
        """By pupil, those taken off before included."""
        by_id = {pupil_return.pk: pupil_return for pupil_return in self.returns.values()}
        found = ReturnPupil.everything.filter(pupil_return__in=by_id)
        if self.pupils is not None:
            found = found.filter(pupil__in=self.pupils)
        rows: dict[UUID, list[ReturnPupil]] = defaultdict(list)
        for row in found.order_by("pk"):
            row.pupil_return = by_id[row.pupil_return_id]
            rows[row.pupil_id].append(row)
        return rows

    def read_schools_ever(self) -> set[tuple[UUID, UUID]]:
        placed = Placement.objects.filter(pupil__in=self.rows)
        return set(placed.values_list("pupil", "school").distinct())

    @cached_property
    def worked(self) -> set[UUID]:
        """Rows on which a school has done anything."""
        told = {row.pk for rows in self.rows.values() for row in rows if row.change}
        decided = BandDecision.objects.filter(return_pupil__pupil__in=self.rows)
        asked = ExceptionalRequest.objects.filter(return_pupil__pupil__in=self.rows)
        changes = ChangeRequest.objects.filter(return_pupil__pupil__in=self.rows)
        return {
            *told,
            *(pk for pk in decided.values_list("return_pupil", flat=True) if pk),
            *asked.values_list("return_pupil", flat=True),
            *changes.values_list("return_pupil", flat=True),
        }

    @cached_property
    def planned(self) -> set[UUID]:
        """Pupils who had a plan this is about at any time."""
        types = self.collection.framework.plan_types
        found = Plan.objects.filter(pupil__in=self.rows, plan_type__in=types)
        return set(found.values_list("pupil", flat=True))

    @cached_property
    def decided_by_mistake(self) -> set[UUID]:
        """Rows taken off with a decision that counted no more."""
        found = BandDecision.objects.filter(pupil__in=self.rows, state=DecisionState.MISTAKEN)
        return {pk for pk in found.values_list("return_pupil", flat=True) if pk}

    def settle(self) -> None:
        """Decide for each pupil, in memory."""
        for pupil in {**self.homes, **self.rows}:
            self.settle_pupil(pupil, self.homes.get(pupil), self.rows.get(pupil, []))

    def settle_pupil(self, pupil: UUID, home: Home | None, rows: list[ReturnPupil]) -> None:
        target = self.returns.get(home.school) if home else None
        elsewhere = [row for row in rows if not row.off_since and row.pupil_return is not target]
        staying = [row for row in elsewhere if self.stays(row, home, target)]
        leaving = [row for row in elsewhere if row not in staying]
        self.off += leaving
        self.tell_kept(staying, home)
        here = next((row for row in rows if row.pupil_return is target), None)
        is_claimed = any(row.change not in AWAY for row in staying)
        if target is None or home is None or is_claimed or not self.takes(target, here):
            self.tell(leaving)
            is_here = here is not None and not here.off_since
            if target and home and not is_here and not any(map(self.claims, staying)):
                self.tell_missing(target, pupil)
        else:
            self.put_on(target, pupil, home, here, leaving)

    def claims(self, row: ReturnPupil) -> bool:
        """Whether a row keeps its pupil, whatever becomes of the others: it has been sent in."""
        return row.change not in AWAY and row.pupil_return.state not in OPEN_STATES

    def takes(self, target: Return, here: ReturnPupil | None) -> bool:
        """Whether a list may take the pupil; a submitted one takes back whom it had decided on."""
        if target.state in OPEN_STATES:
            return True
        return here is not None and here.pk in self.decided_by_mistake

    def stays(self, row: ReturnPupil, home: Home | None, target: Return | None) -> bool:
        """Whether a list keeps a pupil who belongs elsewhere: what is submitted stays as it is,
        and nobody leaves one list for none.
        """
        if (row.pupil_id, row.pupil_return.school_id) not in self.ever:
            self.never_theirs.append(row)
            return False
        if row.pupil_return.state not in OPEN_STATES:
            return True
        if home is None:  # Who left has to be accounted for; who never had a plan has not.
            return row.pupil_id in self.planned
        return target is None or target.state not in OPEN_STATES

    def put_on(
        self,
        target: Return,
        pupil: UUID,
        home: Home,
        here: ReturnPupil | None,
        leaving: list[ReturnPupil],
    ) -> None:
        came_from = next((row for row in leaving if self.became(row, target)), None)
        if here is not None and here.off_since and came_from and here.pk not in self.worked:
            self.forgotten.append(here)  # Nothing was done on it, and on the other perhaps.
            here = None
        if here is None and came_from is not None:
            self.off.remove(came_from)
            self.give_time(came_from.pupil_return, target)
            came_from.pupil_return = target
            self.carried.append(came_from)
            self.say(target, "takes over {}, with what was done so far")
            return
        self.tell(leaving)
        if here is None:
            plan = home.plan_type
            self.new.append(ReturnPupil(pupil_return=target, pupil_id=pupil, plan_type=plan))
            self.say(target, "lists {}")
        elif here.off_since:
            here.plan_type = home.plan_type
            self.back.append(here)
            self.say(target, "lists {} again, with what was done there before")
        elif here.plan_type != home.plan_type:
            here.plan_type = home.plan_type
            self.changed.append(here)
            self.say(target, "asks for the other plan of {}")

    def give_time(self, old: Return, target: Return) -> None:
        """More time that was given to a school goes along with its pupils."""
        if old.extended_to and old.extended_to > target.deadline:
            target.extended_to = old.extended_to
            self.extended.add(target)

    def became(self, row: ReturnPupil, target: Return) -> bool:
        """Whether the school of the list a pupil leaves has become the one they come to, or was
        split and that is one of its parts; or the other way round, where that is taken back.
        """
        old, new = row.pupil_return.school, target.school
        if row.pupil_return.state not in OPEN_STATES:
            return False
        return self.has_become(old, new) or self.has_become(new, old)

    def has_become(self, old: School, new: School) -> bool:
        return old.status == SchoolStatus.CLOSED and new in self.successors.of(old)

    def tell(self, leaving: Iterable[ReturnPupil]) -> None:
        for row in leaving:
            if row.pupil_return.state in OPEN_STATES:
                self.say(row.pupil_return, "no longer lists {}")
            else:
                sent = "has been submitted and no longer lists {}; its decision is not used"
                self.say(row.pupil_return, sent)

    def tell_kept(self, staying: Iterable[ReturnPupil], home: Home | None) -> None:
        """Of who moved: that what their old school has submitted stays as it is."""
        for row in staying:
            submitted = row.pupil_return.state not in OPEN_STATES
            if home is not None and submitted and row.change not in AWAY:
                self.say(row.pupil_return, "has been submitted and keeps {}")

    def tell_missing(self, target: Return, pupil: UUID) -> None:
        """Of who belongs on a list that has been sent in, and is on it no more than on a later
        one; those are followed first.
        """
        if asked_by_now(self.collection, {pupil}):
            return
        by_whom = "return it for correction"
        if target.state == ReturnState.ACCEPTED:
            by_whom = "open it again for correction"
        else:
            self.without.add(target)
        self.say(
            target,
            "has been submitted without {}: " + by_whom + " if the school is to choose a band",
        )

    def say(self, pupil_return: Return, what: str) -> None:
        self.done[f"{pupil_return.school} in {self.collection}", what] += 1

    def write(self) -> None:
        """Off first, so that a pupil is never on two lists."""
        now = timezone.now()
        self.save(self.off, off_since=now)
        self.withdraw_decisions(DecisionState.SUBMITTED, DecisionState.MISTAKEN, self.never_theirs)
        self.forget()
        for target in self.extended:
            target.save(update_fields=["extended_to"])
        for row in self.carried:
            row.save(update_fields=["pupil_return"])
            drafts = row.decisions.filter(state=DecisionState.DRAFT)
            drafts.update(school=row.pupil_return.school_id)
            if row.pk in self.worked and row.pupil_return.state == ReturnState.NOT_STARTED:
                mark_started(row.pupil_return, self.by)
        self.save(self.back, off_since=None)
        self.withdraw_decisions(DecisionState.MISTAKEN, DecisionState.SUBMITTED, self.back)
        ReturnPupil.everything.bulk_update(self.back + self.changed, ["plan_type"], BATCH)
        ReturnPupil.everything.bulk_create(self.new, batch_size=BATCH)
        self.put_aside()
        for target in self.without:
            tell_without(target)

    def forget(self) -> None:
        """What the authority asked about the pupil goes on with the row that takes over."""
        taking_over = {row.pupil_id: row for row in self.carried}
        for row in self.forgotten:
            Mark.objects.filter(return_pupil=row).update(return_pupil=taking_over[row.pupil_id])
        ReturnPupil.everything.filter(pk__in=[row.pk for row in self.forgotten]).delete()

    def put_aside(self) -> None:
        """Nobody owes the open return of a closed school that has no pupil any more; it is there
        again with the first of them.
        """
        put_aside(
            found.pk
            for found in self.returns.values()
            if found.put_aside_at or found.school.status == SchoolStatus.CLOSED
        )

    def save(self, rows: list[ReturnPupil], **changes: object) -> None:
        ids = [row.pk for row in rows]
        for at in range(0, len(ids), BATCH):
            ReturnPupil.everything.filter(pk__in=ids[at : at + BATCH]).update(**changes)

    def withdraw_decisions(self, old: str, new: str, rows: list[ReturnPupil]) -> None:
        """What a school submitted on a pupil it never had counts no more, and the other way round;
        but for what moderation has settled.
        """
        if not rows:
            return
        made = BandDecision.objects.filter(return_pupil__in=rows, state=old)
        if new == DecisionState.SUBMITTED:
            # What another school has decided meanwhile stays (M10).
            made = made.exclude(Exists(in_force_instead()))
        move_all(made.exclude(moderated_as__state=DecisionState.SUBMITTED), new, by=self.by)


def in_force_instead() -> QuerySet[BandDecision]:
    """Of a decision in an outer query: the one in force for its pupil in the collection."""
    same = {name: OuterRef(name) for name in ("pupil", "collection", "framework")}
    return BandDecision.objects.in_force().filter(moderates=None, **same)
