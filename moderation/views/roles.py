"""Which roles open the pages of moderation."""

from schools.choices import Role

LEAD = frozenset({Role.MODERATION_LEAD})
OVERSIGHT = LEAD | {Role.AUDITOR}
JUDGES = frozenset({Role.MODERATOR, Role.MODERATION_LEAD})
ALL = OVERSIGHT | {Role.MODERATOR}
