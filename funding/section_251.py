"""Where a school's top-up is reported in the section 251 return (rules.md F11). Pure."""

from schools.choices import Sector

MAINTAINED = "1.2.1"
ACADEMIES = "1.2.2"
INDEPENDENT = "1.2.3"
LINES = {
    MAINTAINED: "Maintained schools",
    ACADEMIES: "Academies, free schools and colleges",
    INDEPENDENT: "Non-maintained and independent providers",
}
# The register puts all special schools that are not academies in one group; their types differ.
BY_TYPE = {7: MAINTAINED, 12: MAINTAINED, 8: INDEPENDENT, 10: INDEPENDENT, 32: INDEPENDENT}
BY_GROUP = {4: MAINTAINED, 1: ACADEMIES, 10: ACADEMIES, 11: ACADEMIES, 3: INDEPENDENT}
PHASES: dict[str, str] = {
    Sector.SPECIAL: "Special",
    Sector.ALTERNATIVE_PROVISION: "Alternative provision",
    Sector.EARLY_YEARS: "Early years",
    Sector.POST_16: "Post-16",
    Sector.INDEPENDENT: "Independent",
    Sector.OUT_OF_SCHOOL: "Alternative provision",
}


def section_251_line(type_code: int | None, type_group_code: int | None, sector: str = "") -> str:
    """Return 1.2.1, 1.2.2 or 1.2.3; empty when the register does not say. What is paid to a
    provider or an account for a pupil without a school is with the independent providers.
    """
    if sector == Sector.OUT_OF_SCHOOL:
        return INDEPENDENT
    return BY_TYPE.get(type_code or 0) or BY_GROUP.get(type_group_code or 0, "")


def section_251_phase(sector: str, phase: str) -> str:
    """Return the phase a school is reported under: its sector's, else the register's phase."""
    return PHASES.get(sector) or phase or "Not recorded"
