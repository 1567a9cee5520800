"""The roles of the access tests, and those that the rules name together."""

from banding_portal.roles import Role
from tests.access.world import NAME, RATIONALE

SENCO, HEAD, MONEY = Role.SENCO, Role.HEADTEACHER, Role.SCHOOL_FINANCE
OFFICER, PARTNER = Role.SEND_OFFICER, Role.INCLUSION_PARTNER
MODERATOR, LEAD = Role.MODERATOR, Role.MODERATION_LEAD
FINANCE, AUTHORISER = Role.FINANCE_OFFICER, Role.FINANCE_AUTHORISER
ADMIN, AUDITOR = Role.ADMINISTRATOR, Role.AUDITOR
EVERYBODY = frozenset(Role.values)
# Roles whose sight ends at their own school or quadrant.
SCOPED = frozenset({SENCO, HEAD, MONEY, PARTNER, MODERATOR})

NEVER_SHOWN: dict[str, tuple[str, ...]] = {
    FINANCE: (NAME, RATIONALE),  # references and UPNs (docs/decisions/0007)
    AUTHORISER: (NAME, RATIONALE),
    PARTNER: (NAME, RATIONALE),  # progress, read only
    ADMIN: (NAME, RATIONALE),  # configuration and people, not decisions
    MODERATOR: (NAME, RATIONALE),  # blind (M4); a case once judged is compared by its bands
    LEAD: (NAME, RATIONALE),  # the lead judges these cases too
    MONEY: (RATIONALE,),  # the statement names the pupils paid for
}
"""Words no page may show to a role, its own school's included."""

AUTHORITY = (OFFICER, MODERATOR, LEAD, FINANCE, AUTHORISER, ADMIN, AUDITOR)
SCHOOL = (SENCO, HEAD, MONEY)
BANDING_SCHOOL = (SENCO, HEAD)
FOLLOWERS = (OFFICER, LEAD, ADMIN, AUDITOR)
SEES_PUPILS = (*BANDING_SCHOOL, OFFICER, AUDITOR)
OFFICE = (OFFICER, AUDITOR)
RUNNERS = (OFFICER, ADMIN)
MODERATION = (MODERATOR, LEAD, AUDITOR)
JUDGES = (MODERATOR, LEAD)
PANEL = (*JUDGES, OFFICER, AUDITOR)
MONEY_READERS = (FINANCE, AUTHORISER, AUDITOR)
