"""The sectors a school can belong to, as stored and as used by the pure rules (S3)."""

MAINSTREAM = "mainstream"
SPECIAL = "special"
ALTERNATIVE_PROVISION = "alternative_provision"
EARLY_YEARS = "early_years"
POST_16 = "post_16"
INDEPENDENT = "independent"

ALL = (MAINSTREAM, SPECIAL, ALTERNATIVE_PROVISION, EARLY_YEARS, POST_16, INDEPENDENT)
