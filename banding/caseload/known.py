"""What the portal already knows about a caseload file: schools, bands, and whose a UPN is."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from banding.caseload.checking import CaseloadPupil
from banding.models import Band, Framework
from banding_portal.files.tables import TableLine
from schools.models import Pupil, School

LOOKED_AT = ("opened_on", "closed_on", "low_age", "high_age")


@dataclass(frozen=True)
class LookUps:
    """Look-ups for writing; filled even where the file has issues."""

    schools: dict[str, UUID]
    """School id by URN."""
    frameworks: dict[str, list[Framework]]
    """Versions by code, the earliest first, each with `codes`: its bands by code."""
    bands: dict[UUID, dict[str, Band]]
    """Bands by code, by framework id."""
    places: dict[str, School]
    """Schools by URN, with what the rules about dates look at."""

    @cached_property
    def urns(self) -> dict[UUID, str]:
        """URN by school id."""
        return {pk: urn for urn, pk in self.schools.items()}

    def framework_on(self, code: str, day: dt.date) -> Framework | None:
        """The version in force on a day, else the first one; None for an unknown code."""
        versions = self.frameworks.get(code, [])
        in_force = [version for version in versions if version.effective_from <= day]
        return in_force[-1] if in_force else next(iter(versions), None)

    def band(self, framework: str, day: dt.date, code: str) -> Band | None:
        version = self.framework_on(framework, day)
        return self.bands[version.pk].get(code) if version else None


def look_up() -> LookUps:
    """Every school and band there is; both are few next to the pupils."""
    frameworks: dict[str, list[Framework]] = defaultdict(list)
    for framework in Framework.objects.order_by("code", "effective_from", "version"):
        frameworks[framework.code].append(framework)
    bands: dict[UUID, dict[str, Band]] = defaultdict(dict)
    for band in Band.objects.select_related("framework"):
        bands[band.framework_id][band.code] = band
    places = {school.urn: school for school in School.objects.only("urn", "name", *LOOKED_AT)}
    ids = {urn: school.pk for urn, school in places.items()}
    return LookUps(ids, dict(frameworks), bands, places)


def check_known(rows: Iterable[TableLine], known: LookUps) -> None:
    """Unknown schools, frameworks and bands become issues."""
    for row in rows:
        if row["school_urn"] and row["school_urn"] not in known.schools:
            row.refuse("school_urn", "No school in the portal has this URN.")
        if row["band_framework"]:
            check_band(row, known)


def check_band(row: TableLine, known: LookUps) -> None:
    framework = row["band_framework"]
    if framework not in known.frameworks:
        allowed = listed(known.frameworks, "Known are")
        row.refuse("band_framework", "There is no such framework.", allowed)
        return
    version = known.framework_on(framework, row["band_effective_from"] or dt.date.max)
    if version is None or row["band"] is None or row["band"] in known.bands[version.pk]:
        return
    allowed = listed(known.bands[version.pk], "Its bands are")
    row.refuse("band", f"{version} has no such band.", allowed)


def listed(codes: Iterable[str], words: str) -> str:
    found = list(codes)
    return f"{words} {', '.join(found)}." if found else "None has been loaded yet."


def check_owners(pupils: dict[str, CaseloadPupil]) -> None:
    """A UPN that belongs to another pupil in the portal is an issue, unless this file gives
    that pupil another one.
    """
    by_upn = {pupil.upn: pupil for pupil in pupils.values() if pupil.upn}
    owners = Pupil.objects.filter(upn__in=by_upn).values_list("upn", "reference")
    for upn, owner in owners:
        pupil = by_upn[str(upn)]
        if owner == pupil.reference:
            continue
        moved_on = pupils.get(owner)
        if moved_on is None or moved_on.upn in (None, upn):
            text = f"Two pupils would have this UPN: in the portal it is {owner}’s."
            (pupil.upn_row or pupil.row).refuse("upn", text)
