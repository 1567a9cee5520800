"""The roles a person may hold, and the groups of roles that pages and rules speak of.

The one place: navigation, access, `visible_to` and actions all import from here.
"""

from collections.abc import Iterable

from django.db.models import TextChoices


class Role(TextChoices):
    SENCO = "senco", "SENCO"
    HEADTEACHER = "headteacher", "Headteacher"
    SCHOOL_FINANCE = "school_finance", "School finance contact"
    SEND_OFFICER = "send_officer", "SEND operations officer"
    MODERATOR = "moderator", "Quadrant moderator"
    MODERATION_LEAD = "moderation_lead", "Moderation lead"
    FINANCE_OFFICER = "finance_officer", "Finance officer"
    FINANCE_AUTHORISER = "finance_authoriser", "Finance authoriser"
    INCLUSION_PARTNER = "inclusion_partner", "Inclusion Partner"
    ADMINISTRATOR = "administrator", "Administrator"
    AUDITOR = "auditor", "Auditor"


EVERYONE = frozenset(Role.values)
SCHOOL_ROLES = frozenset({Role.SENCO, Role.HEADTEACHER, Role.SCHOOL_FINANCE})
BANDING_SCHOOL_ROLES = frozenset({Role.SENCO, Role.HEADTEACHER})
FINANCE_ROLES = frozenset({Role.FINANCE_OFFICER, Role.FINANCE_AUTHORISER})
AUTHORITY_ROLES = EVERYONE - SCHOOL_ROLES - {Role.INCLUSION_PARTNER}
# Which memberships need a school, which a quadrant; the others cover the authority.
ROLES_AT_A_SCHOOL = SCHOOL_ROLES | {Role.INCLUSION_PARTNER}
ROLES_IN_A_QUADRANT = frozenset({Role.MODERATOR})
# Who sees every pupil by name.
ALL_PUPIL_ROLES = frozenset({Role.SEND_OFFICER, Role.AUDITOR})
SENCO = frozenset({Role.SENCO})
HEADTEACHER = frozenset({Role.HEADTEACHER})
STAFF_ROLES = frozenset({Role.SENCO, Role.SCHOOL_FINANCE})
"""Whom a headteacher invites to their own school."""
SEND_OFFICER = frozenset({Role.SEND_OFFICER})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
GIVEN_BY_TWO = FINANCE_ROLES | {Role.ADMINISTRATOR, Role.AUDITOR}
"""Roles that one administrator asks for and another agrees to, and nobody gives themselves."""
AUDITOR = frozenset({Role.AUDITOR})
INCLUSION_PARTNER = frozenset({Role.INCLUSION_PARTNER})

# Banding
LOOK_READERS = BANDING_SCHOOL_ROLES | AUDITOR
"""Who reads who looked at a pupil (quality.md Q9): a school of its own."""
RETURN_READERS = BANDING_SCHOOL_ROLES | ALL_PUPIL_ROLES
"""Who may see the pupils and bands of a return."""
COLLECTION_RUNNERS = SEND_OFFICER | ADMINISTRATOR
COLLECTION_FOLLOWERS = COLLECTION_RUNNERS | AUDITOR | {Role.MODERATION_LEAD}
"""Who follows every school's return."""

FRAMEWORK_PREPARERS = COLLECTION_FOLLOWERS
"""Who sees a framework before it is published."""

# Contacts of schools
CONTACT_KEEPERS = SCHOOL_ROLES | COLLECTION_RUNNERS
CONTACT_READERS = COLLECTION_RUNNERS | AUDITOR | INCLUSION_PARTNER | FINANCE_ROLES
"""Who speaks to schools, or follows who did."""

# Emails
MAIL_READERS = ADMINISTRATOR | AUDITOR
"""Who reads the log of emails; an administrator has one sent again."""

# Queries
QUERY_ANSWERERS = SEND_OFFICER | ADMINISTRATOR | INCLUSION_PARTNER | {Role.FINANCE_OFFICER}
"""Who answers queries; which ones, each category says (schools/queries/rules.py)."""
QUERY_OFFICE = QUERY_ANSWERERS | AUDITOR
QUERY_READERS = QUERY_OFFICE | SCHOOL_ROLES
"""Nobody who judges cases blind: a query may tell a band (M9)."""

# Information sheets and resources
SHEET_WRITERS = COLLECTION_RUNNERS
SHEET_READERS = AUDITOR
"""Who reads every sheet that was published, and who has read it."""

RESOURCE_KEEPERS = COLLECTION_RUNNERS
RESOURCE_READERS = AUDITOR
"""Who reads every resource that was ever published."""

# Training and visits
TRAINING_KEEPERS = COLLECTION_RUNNERS
TRAINING_READERS = COLLECTION_FOLLOWERS
"""Who follows who was there."""
UNTRAINED_READERS = TRAINING_READERS | INCLUSION_PARTNER
"""Who follows at which of the schools they see nobody is trained."""
VISITORS = COLLECTION_RUNNERS | INCLUSION_PARTNER
VISIT_READERS = VISITORS | AUDITOR | BANDING_SCHOOL_ROLES

# Moderation
MODERATION_LEAD = frozenset({Role.MODERATION_LEAD})
MODERATION_OVERSIGHT = MODERATION_LEAD | AUDITOR
MODERATOR = frozenset({Role.MODERATOR})
JUDGES = MODERATION_LEAD | {Role.MODERATOR}
MODERATION_READERS = JUDGES | AUDITOR
PANEL_MEMBERS = JUDGES | SEND_OFFICER
"""Who may sit on a panel that decides cases for good (M5)."""
PANEL_READERS = PANEL_MEMBERS | AUDITOR

IRRECONCILABLE: dict[str, frozenset[str]] = {
    Role.MODERATOR: ALL_PUPIL_ROLES | FINANCE_ROLES | INCLUSION_PARTNER
}
"""What nobody may be besides: these read the bands that a moderator judges blind (M9)."""

# Funding
FINANCE_OFFICER = frozenset({Role.FINANCE_OFFICER})
FINANCE_AUTHORISER = frozenset({Role.FINANCE_AUTHORISER})
FUNDING_READERS = FINANCE_ROLES | AUDITOR
STATEMENT_READERS = SCHOOL_ROLES | AUDITOR


def in_the_way(role: str, held: Iterable[str]) -> str:
    """A role of those held that cannot be reconciled with this one; empty where all can (M9)."""
    held = frozenset(held)
    barred = held & IRRECONCILABLE.get(role, frozenset())
    barred |= {each for each in held if role in IRRECONCILABLE.get(each, frozenset())}
    return min(barred, default="")


def counted(held: Iterable[str]) -> frozenset[str]:
    """The roles that count of somebody who holds these: who moderates reads no bands besides."""
    held = frozenset(held)
    return held.difference(*(IRRECONCILABLE[role] for role in held & IRRECONCILABLE.keys()))
