"""The service navigation: which sections a person's roles need, in one table.

A section is current where the page's path begins with the section's own address.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from banding_portal import roles


@dataclass(frozen=True)
class Section:
    """One entry: its words, where it leads, whose work needs it, which addresses lie under it."""

    text: str
    url_name: str
    roles: frozenset[str]
    also: tuple[str, ...] = ()


FOR_WORK = roles.EVERYONE - roles.AUDITOR
"""An auditor’s menu is the longest, and the page “Audit” leads to these."""
SECTIONS = (
    Section("Home", "home", roles.EVERYONE),
    Section(
        "Returns",
        "banding:return_list",
        roles.BANDING_SCHOOL_ROLES | roles.INCLUSION_PARTNER,
        (
            "/uploads/",
            "/joined-and-left/",
            "/details-to-correct/",
            "/moving-on/",
            "/may-be-coming/",
            "/evidence/",
            "/outcomes/",
        ),
    ),
    Section(
        "Pupils",
        "schools:pupil_list",
        roles.BANDING_SCHOOL_ROLES | roles.SEND_OFFICER | roles.AUDITOR,
    ),
    Section(
        "Collections",
        "banding:collection_list",
        roles.COLLECTION_FOLLOWERS,
        (
            *("/returns/", "/frameworks/", "/joiners/", "/leavers/"),
            "/details-to-correct/",
            *("/exceptional-requests/", "/change-requests/", "/roll-over/"),
            "/panels",  # Home leads an officer to those they sit on; others have Moderation.
        ),
    ),
    Section("Moderation", "moderation:home", roles.MODERATION_READERS, ("/cases/", "/panels/")),
    Section(
        "Funding",
        "funding:home",
        roles.FUNDING_READERS,
        (
            "/runs/",
            "/calendars/",
            "/values/",
            "/funding-policies/",
            "/protection/",
            "/school-days/",
            *("/calculations/", "/schedules/", "/audits/", "/remittance-files/", "/ledger/"),
            "/scenarios/",
            "/scenario-works/",
        ),
    ),
    Section(
        "Statements",
        "funding:statement_list",
        roles.STATEMENT_READERS,
        ("/what-bands-are-worth/",),
    ),
    Section(
        "Schools",
        "schools:school_list",
        roles.CONTACT_READERS,
        ("/quadrants/",),
    ),
    Section(
        "Imports", "schools:import_home", roles.SEND_OFFICER | roles.ADMINISTRATOR | roles.AUDITOR
    ),
    Section("People", "schools:person_list", roles.ADMINISTRATOR | roles.AUDITOR, ("/emails/",)),
    Section("Staff", "schools:own_staff", roles.HEADTEACHER),
    Section("Queries", "schools:query_list", roles.QUERY_READERS, ("/questions/",)),
    Section("Training", "schools:training_list", FOR_WORK, ("/visits/",)),
    Section("Resources", "schools:resource_list", FOR_WORK),
    Section("Information sheets", "schools:sheet_list", FOR_WORK),
    Section("Audit", "audit", roles.AUDITOR),
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


def switching_from(entries: list[dict[str, Any]], request: HttpRequest) -> str:
    """Where one goes on switching the school: the same page, unless it is about one thing of a
    school; then the section that it lies in.
    """
    if request.resolver_match and not request.resolver_match.kwargs:
        return request.path
    return next((str(entry["url"]) for entry in entries if entry["current"]), reverse("home"))
