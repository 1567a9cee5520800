"""Resources of the invented authority: a guide in its second version, a link, and a draft."""

import datetime as dt

from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import BANDING_SCHOOL_ROLES, INCLUSION_PARTNER, Role
from schools.demo.people import account_of
from schools.models import Resource, User
from schools.resources.services import (
    Described,
    add_resource,
    attach_document,
    publish_resource,
    renew_resource,
)

FOR = tuple(sorted(BANDING_SCHOOL_ROLES | INCLUSION_PARTNER))
GUIDE = """# How a band is chosen

Read the descriptors of one area at a time. Choose the level that fits the pupil as they are today.

# What to write down

* what is in place beside each level that you choose
* why you choose another band than the suggested one

# Who helps

Your Inclusion Partner answers questions, and the drop-ins are open to every SENCO."""
NEEDS = (
    "A page of the invented authority for parents: what the local offer is, who decides about a "
    "plan, and whom to ask."
)
FORM = "Say here what a pupil has in place, before you apply for funding without a plan."


def seed_resources(timeline: Timeline) -> None:
    officer = User.objects.get(email=account_of(Role.SEND_OFFICER).email)
    with acting(officer, timeline.ago(40)):
        first = published(guide("1", timeline.ago(40)), officer)
    with acting(officer, timeline.ago(12)):
        described = guide("2", timeline.ago(12))
        second = renew_resource(resource=first, described=described, by=officer)
        attach(second, officer)
        publish_resource(resource=second, by=officer)
        offer = Described(
            title="The local offer",
            text="For parents and carers who ask what there is.",
            version="2026",
            dated_on=timeline.ago(12),
            roles=FOR,
            address="https://localoffer.westmere.example/",
            alternative=NEEDS,
        )
        publish_resource(resource=add_resource(described=offer, by=officer), by=officer)
    with acting(officer, timeline.ago(1)):
        form = Described("Provision in place", FORM, "1", timeline.ago(1), FOR)
        attach(add_resource(described=form, by=officer), officer)


def published(described: Described, officer: User) -> Resource:
    draft = add_resource(described=described, by=officer)
    attach(draft, officer)
    return publish_resource(resource=draft, by=officer)


def attach(resource: Resource, officer: User) -> None:
    name = f"{resource.title.lower().replace(' ', '-')}.pdf"
    attach_document(resource=resource, filename=name, content=page(resource.title), by=officer)


def guide(version: str, day: dt.date) -> Described:
    text = "How to choose a level and a band, and what to write down."
    return Described("Banding guide", text, version, day, FOR, alternative=GUIDE)


def page(words: str) -> bytes:
    """A PDF of one page with a heading."""
    text = f"BT /F1 24 Tf 72 750 Td ({words}) Tj ET"
    parts = (
        "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            "/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    written, starts = "%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        starts.append(len(written))
        written += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\n"
    return f"{written}{end}startxref\n{len(written)}\n%%EOF\n".encode()
