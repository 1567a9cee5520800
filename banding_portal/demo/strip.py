"""How the demonstration's strip calls the roles, so that a laptop has room for all on one line."""

from banding_portal.roles import Role

SHORTER = {
    Role.SCHOOL_FINANCE: "School finance",
    Role.SEND_OFFICER: "SEND officer",
    Role.MODERATOR: "Moderator",
    Role.MODERATION_LEAD: "Lead",
    Role.FINANCE_AUTHORISER: "Authoriser",
    Role.INCLUSION_PARTNER: "Partner",
}
STRIP = tuple((role, SHORTER.get(role, role.label)) for role in Role)
