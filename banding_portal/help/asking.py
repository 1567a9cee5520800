"""Whom somebody with a question turns to, by the kind of page. Pure."""

ACCOUNT = (
    "Your authority’s administrator changes names, addresses and roles, and resets a lost second"
    " step. A headteacher invites the SENCOs and finance contacts of their own school."
)
WHO_TO_ASK = {
    "everybody": (
        "At a school, ask your SENCO or headteacher first, then the SEND operations team of the"
        " authority. At the authority, ask the administrator of the portal."
    ),
    "school": (
        "Your Inclusion Partner answers questions about the descriptors. The SEND operations team"
        " of the authority answers those about pupils, deadlines and what was sent back. Choose"
        " “Ask the authority” at the top of any page."
    ),
    "statement": (
        "Ask your SENCO whether the pupil, the band and the dates are right. About the amounts, ask"
        " the finance team of the authority."
    ),
    "officer": (
        "Ask a colleague in SEND operations, or the administrator of the portal. The people who"
        " work for a school are listed on the school’s page."
    ),
    "moderation": (
        "The moderation lead answers questions about cases, samples and descriptors. For anything"
        " about your account, ask the administrator."
    ),
    "finance": (
        "Ask another finance officer or an authoriser. Pupils’ placements, plans and bands are put"
        " right by the SEND operations officers."
    ),
    "administrator": (
        "Ask another administrator, or whoever runs the portal for the authority. If a page showed"
        " a reference, give it to them."
    ),
    "account": ACCOUNT,
}
