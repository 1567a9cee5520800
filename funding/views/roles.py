"""Which roles open the pages of funding."""

from schools.choices import FINANCE_ROLES, SCHOOL_ROLES, Role

READERS = FINANCE_ROLES | {Role.AUDITOR}
FINANCE = FINANCE_ROLES
OFFICER = frozenset({Role.FINANCE_OFFICER})
AUTHORISER = frozenset({Role.FINANCE_AUTHORISER})
STATEMENT_READERS = SCHOOL_ROLES | {Role.AUDITOR}
