"""Fixed vocabularies of funding, and the moves a run may make (rules.md F7)."""

from django.db.models import TextChoices


class Proration(TextChoices):
    CALENDAR_DAYS = "calendar_days", "Calendar days"
    WHOLE_PERIOD = "whole_period", "Whole period"
    SCHOOL_DAYS = "school_days", "School days"


class RunState(TextChoices):
    DRAFT = "draft", "Draft"
    CHECKED = "checked", "Being checked"
    PUBLISHED = "published", "Published"


ALLOWED: dict[str, frozenset[str]] = {
    RunState.DRAFT: frozenset({RunState.CHECKED}),
    RunState.CHECKED: frozenset({RunState.DRAFT, RunState.PUBLISHED}),
}


class LineKind(TextChoices):
    ALLOCATION = "allocation", "Allocation"
    OTHER_LA = "other_la", "Other authority’s pupil"
    UNVALUED = "unvalued", "Band without a value"
    ADJUSTMENT = "adjustment", "Adjustment"
    PROTECTION = "protection", "Protection"
    EXCEPTIONAL = "exceptional", "Exceptional"
    RECOUPMENT = "recoupment", "Correction of a claim"
    LUMP_SUM = "lump_sum", "Lump sum"
    MINIMUM = "minimum", "Minimum amount"
    RECOVERY = "recovery", "Recovery by instalments"


PAID_KINDS = frozenset(
    {
        *(LineKind.ALLOCATION, LineKind.ADJUSTMENT, LineKind.PROTECTION, LineKind.EXCEPTIONAL),
        *(LineKind.LUMP_SUM, LineKind.MINIMUM, LineKind.RECOVERY),
    }
)
FOR_SCHOOLS = (LineKind.LUMP_SUM, LineKind.MINIMUM)
"""What a school is paid beside its pupils (rules.md F24)."""


class SchoolAmountKind(TextChoices):
    """What the authority sets for a single school (rules.md F24)."""

    RATE = "rate", "Rate of a band"
    LUMP_SUM = "lump_sum", "Lump sum"
    MINIMUM = "minimum", "Minimum amount"


class LineChange(TextChoices):
    """What calculating a draft again did to a line (rules.md F7)."""

    CHANGED = "changed", "Changed"
    ADDED = "added", "New"
    REMOVED = "removed", "Gone"


class ProtectionKind(TextChoices):
    """How a fall in funding is softened (rules.md F10)."""

    FLOOR = "floor", "At least a share of the amount before"
    PHASED = "phased", "Phased in: the amount before, and a share of the change"


class CauseKind(TextChoices):
    """What made a published period come to another amount (rules.md F8)."""

    DECISION = "decision", "Band decision"
    PLACEMENT = "placement", "Placement"
    PLAN = "plan", "Plan"
    VALUE = "value", "Band value"
    POLICY = "policy", "Funding policy"
    EXCEPTIONAL = "exceptional", "Exceptional amount"
    AUTHORITY = "authority", "Responsible authority"
    SCHOOL = "school", "Sector of the school"
    PROTECTION = "protection", "Protection"
    CALENDAR = "calendar", "School days"
    MERGE = "merge", "Two records made one"
    FOR_SCHOOL = "for_school", "Lump sum or minimum of the school"
    UNKNOWN = "unknown", "Not known"


class ExceptionKind(TextChoices):
    """What a person has to look at before a run can be published (rules.md B11, B12, F3, F6)."""

    OVERLAP = "overlap", "Two placements on the same day"
    NO_AGREED_BAND = "no_agreed_band", "No agreed band"
    NO_SCHOOL = "no_school", "Plan and band, but no school"
    NOT_OPEN = "not_open", "School closed, or not open yet"
    TWO_AMOUNTS = "two_amounts", "Two exceptional amounts on the same day"
    LARGE = "large", "Adjustment over the limit"
    NO_UPN = "no_upn", "No UPN"
    NO_URN = "no_urn", "Paid to a provider without a URN in the register"
    OTHER_LA = "other_la", "Another authority’s pupil"
    DUPLICATE = "duplicate", "Likely the same child as another pupil"
    # Named as a school reports them: see banding's PupilChange.
    LEFT = "left", "Reported as left, not accepted yet"
    NOT_OURS = "not_ours", "Reported as not the school’s pupil, not accepted yet"
    STAYING_ON = "staying_on", "Reported as staying on, not accepted yet"
    NO_BAND = "no_band", "Reported as needing no band, not accepted yet"
    JOINED = "joined", "Reported as joined, not placed yet"


ASKED_ONCE_A_YEAR = frozenset(
    {ExceptionKind.NO_UPN, ExceptionKind.NO_URN, ExceptionKind.OTHER_LA, ExceptionKind.DUPLICATE}
)
"""What is as it was in the next term too: cleared in a published run, it stands for the year."""

REPORTED_ON: dict[str, str] = {
    ExceptionKind.LEFT: "Reported as left on {day}, not accepted yet",
    ExceptionKind.JOINED: "Reported as joined on {day}, not placed yet",
}
"""In these words where the school gave the day: the last one there, or the first."""


class ScheduleFormat(TextChoices):
    """What a schedule is written as (rules.md F11)."""

    CSV = "csv", "CSV"
    EXCEL = "xlsx", "Excel"
    LEDGER = "ledger-csv", "CSV for the ledger, without UPN"
    LINES = "lines-csv", "CSV of the lines as they are hashed"


class LedgerFileKind(TextChoices):
    """What of a run goes into the authority's ledger (rules.md F18)."""

    JOURNAL = "journal", "Journal"
    PAYABLES = "payables", "Payables"


class Delimiter(TextChoices):
    """What stands between the cells of a file for the ledger."""

    COMMA = ",", "A comma"
    SEMICOLON = ";", "A semicolon"
    TAB = "\t", "A tab"
    BAR = "|", "A bar"


class DayFormat(TextChoices):
    """How a file for the ledger writes a day."""

    SLASHES = "%d/%m/%Y", "31/12/2026"
    ISO = "%Y-%m-%d", "2026-12-31"
    PLAIN = "%Y%m%d", "20261231"
    DAY_FIRST = "%d%m%Y", "31122026"
    MONTH_IN_LETTERS = "%d-%b-%Y", "31-Dec-2026"


class TokenScope(TextChoices):
    """What a finance system may read with a token, each more than the one before (rules.md F20)."""

    TOTALS = "totals", "Totals of runs and schools, no pupils"
    LINES = "lines", "Totals and lines, with pupil references"
    UPNS = "upns", "Totals and lines, with pupil references and UPNs"


class TokenState(TextChoices):
    """Whether a token opens anything."""

    IN_FORCE = "in_force", "In use"
    EXPIRED = "expired", "Expired"
    REVOKED = "revoked", "Revoked"


class StatementFormat(TextChoices):
    CSV = "csv", "CSV"
    EXCEL = "xlsx", "Excel"


class FiguresState(TextChoices):
    """How far figures for everybody are (rules.md F13)."""

    DRAFT = "draft", "Draft"
    PUBLIC = "public", "Public"
    REPLACED = "replaced", "Replaced"
    ENDED = "ended", "No longer public"


FIGURES_MOVES: dict[str, frozenset[str]] = {
    FiguresState.DRAFT: frozenset({FiguresState.PUBLIC}),
    FiguresState.PUBLIC: frozenset({FiguresState.REPLACED, FiguresState.ENDED}),
}


class CountedDecisions(TextChoices):
    """Whose decisions a scenario counts (rules.md F14)."""

    AGREED = "agreed", "The agreed bands, as a run counts them"
    SUBMITTED = "submitted", "What schools submitted, before moderation"
    CORRECTED = (
        "corrected",
        "What schools submitted, corrected by what moderation found",
    )


class ComparedBy(TextChoices):
    """What averages are compared by with other authorities (rules.md F14)."""

    SECTOR = "sector", "Sector"
    PHASE = "phase", "Phase"
    NEED = "need", "Need"


class AverageBy(TextChoices):
    """What the pupils of a year are counted and averaged by (rules.md F19)."""

    BAND = "band", "Band"
    SECTOR = "sector", "Sector"
    NEED = "need", "Need"
    QUADRANT = "quadrant", "Quadrant"


class FiguresShape(TextChoices):
    """How a file of other authorities’ figures is laid out."""

    OWN = "own", "As this portal asks for it"
    SECTION_251 = "section_251", "Section 251 as it is published"
    SEN2 = "sen2", "SEN2 as it is published"


class NotBanded(TextChoices):
    """What a scenario does with pupils who have a plan and no agreed band yet (rules.md F14)."""

    LEFT_OUT = "left_out", "They are left out"
    IMPUTED = "imputed", "They cost what pupils like them cost on average"


class ProtectedBy(TextChoices):
    """Of whom protection compares what is paid now and then (rules.md F10, F14)."""

    PUPIL = "pupil", "Each pupil at a school"
    SCHOOL = "school", "Each school"


class ScenarioState(TextChoices):
    """How far a scenario is (rules.md F14)."""

    DRAFT = "draft", "Draft"
    SHARED = "shared", "Shared"
    ADOPTED = "adopted", "Adopted"
    ARCHIVED = "archived", "Archived"


SCENARIO_MOVES: dict[str, frozenset[str]] = {
    ScenarioState.DRAFT: frozenset({ScenarioState.SHARED, ScenarioState.ARCHIVED}),
    ScenarioState.SHARED: frozenset(
        {ScenarioState.DRAFT, ScenarioState.ADOPTED, ScenarioState.ARCHIVED}
    ),
    ScenarioState.ADOPTED: frozenset({ScenarioState.ARCHIVED}),
    ScenarioState.ARCHIVED: frozenset({ScenarioState.DRAFT}),
}


class Protecting(TextChoices):
    """The ways a scenario may protect those who lose (rules.md F10)."""

    NONE = "none", "No protection"
    FLOOR = "floor", "A floor: nobody below a share of what is paid today"
    PHASED = "phased", "Phased in: a fall is felt a little more each year"


class ValuesFrom(TextChoices):
    """Where a scenario takes its values from."""

    TODAY = "today", "Today’s values"
    UPLIFT = "uplift", "Today’s values with an uplift"
    TABLE = "table", "The values in the table below"
