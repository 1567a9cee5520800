"""Who may open each address, written down once more on purpose, away from the views."""

from dataclasses import dataclass, field

from schools.choices import Role

SENCO, HEAD, MONEY = Role.SENCO, Role.HEADTEACHER, Role.SCHOOL_FINANCE
OFFICER, PARTNER = Role.SEND_OFFICER, Role.INCLUSION_PARTNER
MODERATOR, LEAD = Role.MODERATOR, Role.MODERATION_LEAD
FINANCE, AUTHORISER = Role.FINANCE_OFFICER, Role.FINANCE_AUTHORISER
ADMIN, AUDITOR = Role.ADMINISTRATOR, Role.AUDITOR
EVERYBODY = frozenset(Role.values)
# Roles whose sight ends at their own school or quadrant.
SCOPED = frozenset({SENCO, HEAD, MONEY, PARTNER, MODERATOR})


@dataclass(frozen=True)
class Rule:
    """Roles that may read, roles that may change (the same unless said), and the objects an
    address names: keyword → noun of tests/access/world.py.
    """

    roles: frozenset[str]
    write_roles: frozenset[str] | None = None
    kwargs: dict[str, str] = field(default_factory=dict)
    scoped: frozenset[str] = SCOPED
    public: bool = False


def rule(*roles: str, write: tuple[str, ...] | None = None, **kwargs: str) -> Rule:
    return Rule(frozenset(roles), frozenset(write) if write is not None else None, kwargs)


RULES: dict[str, Rule] = {
    "home": Rule(EVERYBODY),
}
