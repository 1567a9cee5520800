"""The service navigation: which sections a person's roles need, in one table.

A section is current where the page's path begins with the section's own address.
"""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

SCHOOL = frozenset({"senco", "headteacher", "school_finance"})
SCHOOL_BANDING = frozenset({"senco", "headteacher"})
PARTNER = frozenset({"inclusion_partner"})
FINANCE = frozenset({"finance_officer", "finance_authoriser"})
MODERATION = frozenset({"moderator", "moderation_lead"})
AUDITOR = frozenset({"auditor"})
OFFICER = frozenset({"send_officer"})
ADMINISTRATOR = frozenset({"administrator"})
EVERYONE = SCHOOL | PARTNER | FINANCE | MODERATION | AUDITOR | OFFICER | ADMINISTRATOR


@dataclass(frozen=True)
class Section:
    """One entry: its words, where it leads, whose work needs it, which addresses lie under it."""

    text: str
    url_name: str
    roles: frozenset[str]
    also: tuple[str, ...] = ()


SECTIONS = (
    Section("Home", "home", EVERYONE),
    Section("Returns", "banding:return_list", SCHOOL_BANDING | PARTNER, ("/uploads/",)),
    Section("Pupils", "schools:pupil_list", SCHOOL_BANDING | OFFICER | AUDITOR),
    Section(
        "Collections",
        "banding:collection_list",
        OFFICER | ADMINISTRATOR | AUDITOR | frozenset({"moderation_lead"}),
        ("/returns/", "/frameworks/", "/joiners/", "/exceptional-requests/"),
    ),
    Section("Moderation", "moderation:home", MODERATION | AUDITOR, ("/cases/",)),
    Section(
        "Funding",
        "funding:home",
        FINANCE | AUDITOR,
        ("/runs/", "/calendars/", "/values/", "/funding-policies/"),
    ),
    Section("Statements", "funding:statement_list", SCHOOL | AUDITOR),
    Section(
        "Schools",
        "schools:school_list",
        OFFICER | ADMINISTRATOR | FINANCE | AUDITOR,
        ("/quadrants/",),
    ),
    Section("Imports", "schools:import_home", OFFICER | ADMINISTRATOR | AUDITOR),
    Section("People", "schools:person_list", ADMINISTRATOR | AUDITOR),
    Section("Audit", "audit", AUDITOR),
)


def navigation_for(roles: frozenset[str], path: str) -> list[dict[str, Any]]:
    """The entries for somebody with these roles: text, url, and whether it is current."""
    entries = []
    current, longest = "", 0
    for section in SECTIONS:
        if not section.roles & roles:
            continue
        try:
            url = reverse(section.url_name)
        except NoReverseMatch:
            continue
        entries.append({"text": section.text, "url": url})
        for start in (url, *section.also):
            fits = path == start if start == "/" else path.startswith(start)
            if fits and len(start) > longest:
                current, longest = url, len(start)
    return [entry | {"current": entry["url"] == current} for entry in entries]
