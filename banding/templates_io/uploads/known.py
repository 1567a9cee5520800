"""What the portal knows when it checks an upload, read once for all rows."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from banding.assessment.services import Assessment
from banding.choices import DecisionState
from banding.frameworks import suggestion
from banding.frameworks.selectors import areas_with_levels, rules_of
from banding.joiners.rules import Told
from banding.joiners.selectors import told_of
from banding.models import (
    Area,
    Band,
    BandDecision,
    DecisionLevel,
    IssuedTemplate,
    Level,
    Return,
    ReturnPupil,
)
from banding.returns.progress import PupilLine, progress_of_return
from banding.templates_io.workbooks.columns import area_key, pupil_columns
from banding_portal.files.columns import Column
from banding_portal.folding import fold
from schools.matching import Identity, blocking_keys
from schools.models import Pupil
from schools.selectors.matches import identity_of


@dataclass
class LockedReturn:
    """A locked return with its pupils, framework and joiners."""

    pupil_return: Return
    areas: list[Area] = field(init=False)
    pupils: dict[str, PupilLine] = field(init=False)
    """By row key."""

    own_keys: dict[str, str] = field(default_factory=dict)
    """The row key here by the one in the template of a school that became this one."""
    elsewhere: set[str] = field(default_factory=set)
    """Row keys of a template whose pupils are on another return now."""
    gone: set[str] = field(default_factory=set)
    """Row keys of an older template whose pupils are on no return any more."""

    def __post_init__(self) -> None:
        self.areas = areas_with_levels(self.pupil_return.collection.framework)
        lines = progress_of_return(self.pupil_return).lines
        self.pupils = {str(line.row.pk): line for line in lines}

    def take_over(self, issued: IssuedTemplate) -> None:
        """Read the rows of pupils who are on another return by now, and of a template that was
        issued to a school which became this one (S1).
        """
        here = {line.pupil.pk: key for key, line in self.pupils.items()}
        rows = ReturnPupil.everything.filter(pk__in=issued.row_keys).exclude(pk__in=self.pupils)
        if issued.pupil_return_id == self.pupil_return.pk:
            rows = rows.exclude(pupil_return=self.pupil_return)
        for pk, pupil in rows.values_list("pk", "pupil"):
            if pupil in here:
                self.own_keys[str(pk)] = here[pupil]
            else:
                self.elsewhere.add(str(pk))
        self.gone = set(issued.row_keys) - {*self.pupils, *self.own_keys, *self.elsewhere}

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return pupil_columns(self.rules)

    @cached_property
    def fill_in(self) -> list[str]:
        """Keys of the columns the school fills in."""
        return [column.key for column in self.columns if not column.given]

    @cached_property
    def rules(self) -> suggestion.FrameworkRules:
        return rules_of(self.pupil_return.collection.framework, self.areas)

    @cached_property
    def bands(self) -> dict[str, Band]:
        return {band.code: band for band in self.pupil_return.collection.framework.bands.all()}

    @cached_property
    def levels(self) -> dict[tuple[str, str], Level]:
        return {(area.code, lv.code): lv for area in self.areas for lv in area.levels.all()}

    @cached_property
    def last_levels(self) -> dict[UUID, dict[UUID, str]]:
        """Codes of the levels of last time, by decision and area."""
        found: dict[UUID, dict[UUID, str]] = defaultdict(dict)
        before = {line.last.pk for line in self.pupils.values() if line.last}
        levels = DecisionLevel.objects.filter(decision__in=before)
        for decision, area, code in levels.values_list("decision", "area", "level__code"):
            found[decision][area] = code
        return found

    @cached_property
    def moderated(self) -> set[UUID]:
        """Return pupils whose band moderation has settled; not the school's to change."""
        about = BandDecision.objects.in_force().filter(
            moderates__return_pupil__pupil_return=self.pupil_return,
            moderates__state=DecisionState.SUBMITTED,
        )
        return set(about.values_list("moderates__return_pupil", flat=True))

    @cached_property
    def names(self) -> Counter[str]:
        return Counter(name_of(line) for line in self.pupils.values())

    @cached_property
    def upns(self) -> set[str]:
        return {line.pupil.upn for line in self.pupils.values() if line.pupil.upn}

    @cached_property
    def by_key(self) -> dict[object, list[Pupil]]:
        """The pupils on the list by what a joiner who is one of them shares (S8)."""
        found: dict[object, list[Pupil]] = defaultdict(list)
        for line in self.pupils.values():
            for key in blocking_keys(identity_of(line.pupil)):
                found[key].append(line.pupil)
        return found

    def alike(self, identity: Identity) -> list[Pupil]:
        """The pupils on the list that somebody may be."""
        keys = blocking_keys(identity)
        return list(
            {pupil.pk: pupil for key in keys for pupil in self.by_key.get(key, ())}.values()
        )

    @cached_property
    def joiners(self) -> list[Told]:
        return [told_of(joiner) for joiner in self.pupil_return.joiners.all()]

    def chosen(self, codes: dict[str, str], band: str, reason: str, rationale: str) -> Assessment:
        """A choice as the services write it; `codes` are level codes by area code."""
        suggested = suggestion.suggest_band(self.rules, codes).band_code
        return Assessment(
            levels=[self.levels[item] for item in codes.items()],
            band=self.bands[band] if band else None,
            suggested_band=self.bands[suggested] if suggested is not None else None,
            difference_reason=reason,
            rationale=rationale,
        )

    @cached_property
    def area_keys(self) -> dict[str, str]:
        """Area codes by column key."""
        return {area_key(area.code): area.code for area in self.areas}


def name_of(line: PupilLine) -> str:
    return fold(line.pupil.display_name)
