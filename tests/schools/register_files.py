"""Invented register and links files for tests."""

HEADINGS = [
    "URN",
    "LA (code)",
    "LA (name)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)",
    "EstablishmentTypeGroup (code)",
    "EstablishmentStatus (code)",
    "OpenDate",
    "CloseDate",
    "PhaseOfEducation (code)",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "UKPRN",
    "Trusts (name)",
    "Town",
    "Postcode",
]
LINK_HEADINGS = ["URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"]


def school_row(urn, name="Alderbrook Primary School", **changes):
    """One row as a dict by heading; `changes` by heading with spaces as they are."""
    row = dict.fromkeys(HEADINGS, "") | {
        "URN": str(urn),
        "LA (code)": "999",
        "LA (name)": "Westmere",
        "EstablishmentNumber": "2001",
        "EstablishmentName": name,
        "TypeOfEstablishment (code)": "1",
        "TypeOfEstablishment (name)": "Community school",
        "EstablishmentTypeGroup (code)": "4",
        "EstablishmentStatus (code)": "1",
        "PhaseOfEducation (code)": "2",
        "PhaseOfEducation (name)": "Primary",
        "StatutoryLowAge": "4",
        "StatutoryHighAge": "11",
    }
    return row | changes


def as_csv(rows, headings=HEADINGS, encoding="cp1252"):
    lines = [",".join(headings)]
    lines += [",".join(row.get(heading, "") for heading in headings) for row in rows]
    return "\r\n".join([*lines, ""]).encode(encoding)


def link_row(urn, linked, kind="Successor", name="Beckford Academy", on="01-09-2026"):
    return dict(zip(LINK_HEADINGS, [str(urn), str(linked), name, kind, on], strict=True))


def links_csv(*rows):
    return as_csv(rows, LINK_HEADINGS)
