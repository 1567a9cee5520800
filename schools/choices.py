"""The fixed vocabularies of schools, people and pupils (product.md, interfaces.md)."""

from django.db.models import TextChoices


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


class RegisterKind(TextChoices):
    """Which of the register's files one is."""

    SCHOOLS = "schools", "Register of schools"
    LINKS = "links", "Links between schools"


class PersonState(TextChoices):
    ACTIVE = "active", "Active"
    INVITED = "invited", "Invited"
    INACTIVE = "inactive", "Deactivated"


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
