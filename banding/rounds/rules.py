"""On which list of a round a pupil stands, and what that asks of the school (B10, S7). Pure."""

import datetime as dt
from dataclasses import dataclass

from banding.choices import OFF_THE_RETURN, PupilChange, PupilStatus, RoundList
from banding_portal.words import short_day
from schools.choices import PlanType
from schools.register_rules import academic_year_of, is_last_year_group


@dataclass(frozen=True)
class Report:
    """That a pupil is not, or no longer, the school's: told elsewhere than on the round's list,
    and waiting for the authority (B12).
    """

    change: str
    left_on: dt.date | None = None
    where: str = ""
    """The collection; empty for what was told out of a return."""
    sent: dt.date | None = None
    """The day it reached the authority; None while the return it stands on is not submitted."""

    @property
    def words(self) -> str:
        """“Reported in Autumn exercise on 3 Nov 2026”"""
        where = f"in {self.where}" if self.where else "outside a return"
        if self.sent is None:
            return f"Reported {where}, which is not submitted yet"
        return f"Reported {where} on {short_day(self.sent)}"


@dataclass(frozen=True)
class Facts:
    """What is known of a pupil on a school's list; `ends` is the end of the placement there.

    `may_apply` says that the pupil is at SEN Support: top-up is applied for, and need not be.
    """

    is_own: bool = True
    is_funded: bool = False
    basis: str = PlanType.EHCP
    may_apply: bool = False
    change: str = ""
    is_phase_leaver: bool = False
    reason_to_stay: str = ""
    was_taken_off: bool = False
    """At the end of the school year before the round, and at no school since."""
    ends: dt.date | None = None
    report: Report | None = None
    placed_past_end: dt.date | None = None
    """From when, of who had reached the last year group before and is placed there since."""


@dataclass(frozen=True)
class Standing:
    """Where a pupil stands in a round; `why` says so in words where the school may wonder."""

    list: RoundList
    is_own: bool
    basis: str
    may_apply: bool = False
    why: str = ""
    ends: dt.date | None = None
    is_phase_leaver: bool = False
    was_taken_off: bool = False
    report: Report | None = None
    """Of who leaves by what the school has told elsewhere."""

    @property
    def status(self) -> PupilStatus:
        """What it says on the list as long as the school tells nothing."""
        if not self.is_own:
            return PupilStatus.OTHER_LA
        if self.report:
            return PupilStatus.LEAVING
        if self.list != RoundList.TO_TELL:
            return PupilStatus(self.list)
        return PupilStatus.NOT_APPLIED if self.may_apply else PupilStatus.NOT_STARTED

    @property
    def is_application(self) -> bool:
        """SEN Support and not funded yet: a band asks for top-up, with evidence (B13)."""
        return self.may_apply and self.is_own and self.list == RoundList.TO_TELL


PHASE_LEAVER = "Was in your last year group"
TAKEN_OFF = f"{PHASE_LEAVER}, and was taken off at the end of the school year"


def standing_of(facts: Facts, by: dt.date) -> Standing:
    """Rolled forward are all who are funded (B10). Leaving of them are those the school says so,
    here or elsewhere (what it says here goes before), those whose placement is known to end `by`
    a day, and phase leavers nobody has said stay (S7).
    """
    if facts.was_taken_off:
        return standing_of_taken_off(facts)
    report = facts.report if not facts.change else None
    told_to_go = facts.change in OFF_THE_RETURN or report is not None
    ends = facts.ends if facts.ends and facts.ends <= by else None
    stays = bool(facts.reason_to_stay) or facts.change == PupilChange.STAYING_ON
    goes_up = facts.is_phase_leaver and not stays
    place = RoundList.TO_TELL
    if facts.is_funded:
        leaves = told_to_go or ends or goes_up
        place = RoundList.LEAVING if leaves else RoundList.CARRYING_ON
    why = PHASE_LEAVER if goes_up else ""
    if report:
        why = report.words
    elif facts.is_phase_leaver and facts.reason_to_stay:
        why = f"Staying on: {facts.reason_to_stay}"
    elif facts.placed_past_end and place == RoundList.CARRYING_ON:
        why = f"{PHASE_LEAVER}, and is placed with you from {short_day(facts.placed_past_end)}"
    return Standing(
        place, facts.is_own, facts.basis, facts.may_apply, why, ends, goes_up, report=report
    )


def standing_of_taken_off(facts: Facts) -> Standing:
    """Leaving, unless the school says that they stay; in no state until that is accepted."""
    stays = facts.change == PupilChange.STAYING_ON
    place = RoundList.CARRYING_ON if stays else RoundList.LEAVING
    why = "" if stays else TAKEN_OFF
    return Standing(place, facts.is_own, facts.basis, why=why, was_taken_off=True)


def last_day_before(day: dt.date) -> dt.date:
    """The 31 August on which the academic year before that of a day ended."""
    return dt.date(academic_year_of(day), 8, 31)


def is_phase_leaver(
    year_group: int,
    start: dt.date,
    end: dt.date | None,
    last_day: dt.date,
    ages: tuple[int | None, int | None],
) -> bool:
    """Whether a placement that goes on after the year's last day was to end on it (S6, S7).

    `year_group` is that of the year just ended, `ages` the school's low and high age.
    """
    was_there = start <= last_day and (end is None or end > last_day)
    return was_there and is_last_year_group(year_group, *ages)
