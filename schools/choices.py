"""The fixed vocabularies of schools, people and pupils (product.md, interfaces.md)."""

from django.db.models import TextChoices


class Sector(TextChoices):
    MAINSTREAM = "mainstream", "Mainstream"
    SPECIAL = "special", "Special"
    ALTERNATIVE_PROVISION = "alternative_provision", "Alternative provision"
    EARLY_YEARS = "early_years", "Early years"
    POST_16 = "post_16", "Post-16"
    INDEPENDENT = "independent", "Independent"
    OUT_OF_SCHOOL = "out_of_school", "Out of school"


class ContactKind(TextChoices):
    """Whom the authority speaks to at a school (rules.md S15)."""

    SENCO = "senco", "SENCO"
    HEADTEACHER = "headteacher", "Headteacher"
    FINANCE = "finance", "Finance contact"


class TrainingKind(TextChoices):
    """What training comes as (rules.md R7)."""

    LIVE = "live", "Live session"
    RECORDING = "recording", "Recording"
    CONDENSED = "condensed", "Condensed session"
    DROP_IN = "drop_in", "Drop-in"
    FORUM = "forum", "Forum"
    WORKSHOP = "workshop", "Workshop"


TEACHING = frozenset(
    {TrainingKind.LIVE, TrainingKind.RECORDING, TrainingKind.CONDENSED, TrainingKind.WORKSHOP}
)
"""After which somebody counts as trained; at a drop-in or a forum one asks and talks."""


class PreferredTime(TextChoices):
    BEFORE = "before", "Before school"
    AFTER = "after", "After school"
    EITHER = "either", "Either"


class PlaceState(TextChoices):
    """How somebody’s place at a session stands."""

    BOOKED = "booked", "Has a place"
    WAITING = "waiting", "On the waiting list"
    GIVEN_UP = "given_up", "Gave the place up"


PLACE_MOVES: dict[str, frozenset[str]] = {
    PlaceState.BOOKED: frozenset({PlaceState.GIVEN_UP}),
    PlaceState.WAITING: frozenset({PlaceState.BOOKED, PlaceState.GIVEN_UP}),
    PlaceState.GIVEN_UP: frozenset({PlaceState.BOOKED, PlaceState.WAITING}),
}


class Arrangement(TextChoices):
    """What a pupil without a school has instead (rules.md S14)."""

    HOME_EDUCATION = "home", "Elective home education"
    BETWEEN = "between", "Between schools"
    PROVIDER = "provider", "Provider of an EOTAS package"
    ACCOUNT = "account", "Account of a parent for an EOTAS package"


PAID_ARRANGEMENTS = frozenset({Arrangement.PROVIDER, Arrangement.ACCOUNT})


class SchoolStatus(TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    PROPOSED = "proposed", "Proposed to open"
    CLOSING = "closing", "Open, proposed to close"


class RegisterKind(TextChoices):
    """Which of the register's files one is."""

    SCHOOLS = "schools", "Register of schools"
    LINKS = "links", "Links between schools"


class ImportKind(TextChoices):
    """What an import brought up to date."""

    CASELOAD = "caseload", "Caseload"
    REGISTER = "register", "Register of schools"
    CONVERSION = "conversion", "Moved from a closed school"
    ROLL_OVER = "roll_over", "Year roll-over"


class RoleRequestState(TextChoices):
    WAITING = "waiting", "Waiting for agreement"
    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Taken back"


class PersonState(TextChoices):
    ACTIVE = "active", "Active"
    WAITING = "waiting", "Not invited yet"
    INVITED = "invited", "Invited"
    INACTIVE = "inactive", "Deactivated"


class Invited(TextChoices):
    """Of those who have not signed in, who is to be invited now."""

    NEW = "new", "People who have not been invited yet"
    UNANSWERED = "unanswered", "People who have not answered for a week"


class PlanType(TextChoices):
    EHCP = "EHCP", "EHCP"
    SEN_SUPPORT = "SEN_SUPPORT", "SEN Support"


class PrimaryNeed(TextChoices):
    SPLD = "SPLD", "Specific learning difficulty"
    MLD = "MLD", "Moderate learning difficulty"
    SLD = "SLD", "Severe learning difficulty"
    PMLD = "PMLD", "Profound and multiple learning difficulty"
    SEMH = "SEMH", "Social, emotional and mental health"
    SLCN = "SLCN", "Speech, language and communication needs"
    HI = "HI", "Hearing impairment"
    VI = "VI", "Vision impairment"
    MSI = "MSI", "Multi-sensory impairment"
    PD = "PD", "Physical disability"
    ASD = "ASD", "Autistic spectrum disorder"
    DS = "DS", "Down syndrome"
    OTH = "OTH", "Other difficulty"
    NSA = "NSA", "SEN Support but no specialist assessment of need"


class CorrectionKind(TextChoices):
    CORRECTED = "corrected", "Corrected"
    MISTAKE = "mistake", "Entered by mistake"


class Corrected(TextChoices):
    """What of a pupil can be put right (rules.md S10)."""

    PLACEMENT = "placement", "Placement"
    PLAN = "plan", "Plan"
    FACT = "fact", "Former fact"
    DECISION = "decision", "Band"


class MatchStrength(TextChoices):
    """How surely two records are of one pupil (rules.md S8)."""

    STRONG = "strong", "The same pupil"
    WEAK = "weak", "Perhaps the same pupil"


class MatchReason(TextChoices):
    """What two records have in common, and what speaks against their being of one pupil."""

    UPN = "upn", "Same UPN"
    FORMER_UPN = "former_upn", "Same UPN, current or former"
    REFERENCE = "reference", "Same reference"
    FORMER_REFERENCE = "former_reference", "Same reference, current or former"
    NAME_AND_BIRTH = "name_and_birth", "Same name and date of birth"
    FORMER_NAME = "former_name", "Same date of birth, and a former name"
    SWAPPED_DATE = "swapped_date", "Same name, day and month of birth swapped"
    SWAPPED_NAMES = "swapped_names", "Same date of birth, forename and surname swapped"
    ONE_LETTER = "one_letter", "Same date of birth, name one letter apart"
    PART_OF_NAME = "part_of_name", "Same date of birth, part of the name left out"
    OTHER_UPN = "other_upn", "Different UPNs"
    OTHER_PERSON = "other_person", "Different names or dates of birth"


class SameChild(TextChoices):
    """What a person answers about two pupils that are perhaps the same."""

    SAME = "same", "Same child"
    ANOTHER = "another", "Another child"


class Fact(TextChoices):
    """What of a pupil has a history (rules.md S11)."""

    UPN = "upn", "UPN"
    NAME = "name", "Name"
    BIRTH_DATE = "date_of_birth", "Date of birth"
    REFERENCE = "reference", "The authority’s reference"
    RESPONSIBLE_LA = "responsible_la", "Responsible authority"
    NEED = "primary_need", "Primary need"


KNOWN_BY = frozenset({Fact.UPN, Fact.NAME, Fact.BIRTH_DATE, Fact.REFERENCE})
"""By these somebody finds a pupil, so that what was recorded once is never forgotten."""


class FactChange(TextChoices):
    """Why a fact of a pupil is another one now (rules.md S11)."""

    CHANGED = "changed", "They have changed"
    MISTAKE = "mistake", "They were wrong before"


class Odd(TextChoices):
    """What of a pupil's dates cannot be, or hardly can (rules.md S13)."""

    BORN_IN_FUTURE = "born_in_future", "Born in the future"
    OVER_25 = "over_25", "Older than 25"
    BEFORE_BIRTH = "before_birth", "Before the pupil was born"
    AFTER_25 = "after_25", "Begins after 25"
    ENDS_AFTER_25 = "ends_after_25", "Ends after 25"
    TWO_PLANS = "two_plans", "Two kinds of plan at once"
    BEFORE_SCHOOL_OPENED = "before_school_opened", "Before the school opened"
    AFTER_SCHOOL_CLOSED = "after_school_closed", "After the school closed"
    TOO_YOUNG = "too_young", "Too young for the school"
    TOO_OLD = "too_old", "Too old for the school"
    YEAR_GROUP = "year_group", "Year group and date of birth disagree"


IMPOSSIBLE = frozenset({Odd.BORN_IN_FUTURE, Odd.BEFORE_BIRTH, Odd.AFTER_25})
"""These are errors; the others are warnings, which a person answers."""


class SectorChange(TextChoices):
    """What is right about a school's change of sector (rules.md S11)."""

    CHANGED = "changed", "It changed on the day below"
    NEVER = "never", "It was never in the former sector: that was wrong"


class QueryCategory(TextChoices):
    """What a query is about, which says who answers it (schools/queries/rules.py)."""

    BANDS = "bands", "Bands and descriptors"
    PUPILS = "pupils", "Pupils, placements and plans"
    RETURNS = "returns", "Returns, templates and deadlines"
    FUNDING = "funding", "Funding and statements"
    PORTAL = "portal", "Signing in and using the portal"
    OTHER = "other", "Something else"


class QueryState(TextChoices):
    OPEN = "open", "Waiting for an answer"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"
    MERGED = "merged", "Merged into another"


QUERY_MOVES: dict[str, frozenset[str]] = {
    QueryState.OPEN: frozenset({QueryState.ANSWERED, QueryState.CLOSED, QueryState.MERGED}),
    QueryState.ANSWERED: frozenset({QueryState.OPEN, QueryState.CLOSED, QueryState.MERGED}),
    QueryState.CLOSED: frozenset({QueryState.OPEN}),
    QueryState.MERGED: frozenset({QueryState.OPEN, QueryState.ANSWERED}),
}


class QueryWay(TextChoices):
    """How a query came."""

    PORTAL = "portal", "On the portal"
    TELEPHONE = "telephone", "By telephone"
    POST = "post", "By post"
    EMAIL = "email", "By email"


class QueryMessageKind(TextChoices):
    QUESTION = "question", "From the school"
    REPLY = "reply", "Reply of the authority"
    NOTE = "note", "Internal note"


class SheetState(TextChoices):
    """How far an information sheet is (rules.md R4)."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


SHEET_MOVES: dict[str, frozenset[str]] = {
    SheetState.DRAFT: frozenset({SheetState.PUBLISHED}),
    SheetState.PUBLISHED: frozenset({SheetState.WITHDRAWN}),
}


class ResourceState(TextChoices):
    """How far a version of a resource is (rules.md R9)."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "In use"
    PREVIOUS = "previous", "Previous version"
    WITHDRAWN = "withdrawn", "Withdrawn"


RESOURCE_MOVES: dict[str, frozenset[str]] = {
    ResourceState.DRAFT: frozenset({ResourceState.PUBLISHED}),
    ResourceState.PUBLISHED: frozenset({ResourceState.PREVIOUS, ResourceState.WITHDRAWN}),
}


class HowSeen(TextChoices):
    """How a page or file named pupils to somebody (quality.md Q9)."""

    OPENED = "opened", "Opened"
    LISTED = "listed", "In a list"
    SEARCHED = "searched", "Searched"
    DOWNLOADED = "downloaded", "Downloaded"
    PRINTED = "printed", "Printed"
    JOB = "job", "In a file that was checked or made"
