"""The fixed vocabularies of schools, people and pupils (product.md, interfaces.md)."""

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


class Sector(TextChoices):
    MAINSTREAM = "mainstream", "Mainstream"
    SPECIAL = "special", "Special"
    ALTERNATIVE_PROVISION = "alternative_provision", "Alternative provision"
    EARLY_YEARS = "early_years", "Early years"
    POST_16 = "post_16", "Post-16"
    INDEPENDENT = "independent", "Independent"


class SchoolStatus(TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    PROPOSED = "proposed", "Proposed to open"
    CLOSING = "closing", "Open, proposed to close"


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
