"""Rules about schools and school years, after the register of schools (S2, S3, S5, S6, S7)."""

from datetime import date

from schools.choices import Sector

SPECIAL_TYPES = frozenset({7, 8, 10, 12, 33, 36, 44})
ALTERNATIVE_PROVISION_TYPES = frozenset({14, 38, 42, 43})
EARLY_YEARS_TYPES = frozenset({15})
POST_16_TYPES = frozenset({32})
INDEPENDENT_GROUP = 3
SECTOR_OF_PHASE = {
    1: Sector.EARLY_YEARS,
    2: Sector.MAINSTREAM,
    3: Sector.MAINSTREAM,
    4: Sector.MAINSTREAM,
    5: Sector.MAINSTREAM,
    6: Sector.POST_16,
    7: Sector.MAINSTREAM,
}

Code = int | str | None


def sector_of_school(*, type_code: Code, phase_code: Code, group_code: Code) -> str | None:
    """Return the sector from the register's codes for type, phase and type group (S3).

    The type decides where it names a kind of provision (the type group leaves out special
    academies); then the group tells independent schools; then the phase. Codes may be numbers or
    the text of the register. None when the codes don't say.
    """
    type_number, phase, group = _number(type_code), _number(phase_code), _number(group_code)
    if type_number in SPECIAL_TYPES:
        return Sector.SPECIAL
    if type_number in ALTERNATIVE_PROVISION_TYPES:
        return Sector.ALTERNATIVE_PROVISION
    if type_number in EARLY_YEARS_TYPES:
        return Sector.EARLY_YEARS
    if type_number in POST_16_TYPES:
        return Sector.POST_16
    if group == INDEPENDENT_GROUP:
        return Sector.INDEPENDENT
    return SECTOR_OF_PHASE.get(phase) if phase is not None else None


def _number(code: Code) -> int | None:
    text = str(code).strip()
    return int(text) if text.isascii() and text.isdigit() else None


def academic_year_of(day: date) -> int:
    """Return the calendar year in which the academic year of a day began (on 1 September)."""
    return day.year if day.month >= 9 else day.year - 1


def academic_year_name(start_year: int) -> str:
    """Return how the academic year beginning in `start_year` is written: 2026-27."""
    return f"{start_year}-{(start_year + 1) % 100:02d}"


def year_group_of(birth_date: date, academic_year: int) -> int:
    """Return the year group, Reception 0, in the academic year beginning that year (S5).

    It is the age on 31 August before the year, less 4: below 0 for children not yet in Reception.
    """
    age = academic_year - birth_date.year - ((birth_date.month, birth_date.day) > (8, 31))
    return age - 4


def year_group_name(year_group: int) -> str:
    """Return how a year group is shown: Nursery 1, Nursery 2, Reception, Year 1 (S5)."""
    names = {-2: "Nursery 1", -1: "Nursery 2", 0: "Reception"}
    return names.get(year_group) or (f"Year {year_group}" if year_group > 0 else "Before nursery")


def year_group_cell(year_group: int) -> str:
    """The same under a heading that says “Year”: Reception, 1."""
    return str(year_group) if year_group > 0 else year_group_name(year_group)


def year_groups_of_school(low_age: int | None, high_age: int | None) -> range:
    """Return the year groups of a school, from its low age − 4 to its high age − 5 (S6).

    Empty when the register lacks an age. Nursery years are below 0.
    """
    if low_age is None or high_age is None:
        return range(0)
    return range(low_age - 4, high_age - 4)


def is_last_year_group(year_group: int, low_age: int | None, high_age: int | None) -> bool:
    """Tell whether a pupil of this year group leaves the school at the year's end (S7).

    A pupil older than the school's last year group has reached it too. A school whose ages the
    register lacks has no last year group.
    """
    groups = year_groups_of_school(low_age, high_age)
    return bool(groups) and year_group >= groups[-1]
