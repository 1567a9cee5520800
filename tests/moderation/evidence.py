"""Cases about which a school is asked for evidence, and its people."""

from banding_portal.roles import Role
from moderation.evidence.services import add_evidence, answer_request, ask_for_evidence
from moderation.models import Case
from tests.documents import pdf
from tests.factories import CollectionFactory, SchoolFactory, person
from tests.moderation.world import decided, given_case, judge, moderator


def judged_case(band="C", school_band="B", second=None, collection=None, school=None):
    """A case that its moderator, and a second one where given, have judged."""
    school = school or SchoolFactory()
    decision = decided(collection or CollectionFactory(), school, school_band)
    case = given_case(decision, moderator(school.quadrant), second)
    for by in filter(None, (case.moderator, second)):
        judge(case, by, band)
    return Case.objects.get(pk=case.pk)


def ask(case, by=None, **given):
    given = {"wanted": ["A report"], "message": "Please help.", "working_days": 10} | given
    return ask_for_evidence(case=case, by=by or case.moderator, **given)


def asked_case(**fields):
    """A judged case that waits for evidence."""
    case = judged_case(**fields)
    ask(case)
    case.refresh_from_db()
    return case


def senco(case):
    return person(Role.SENCO, school=case.decision.school)


def add(asked, by, content=None, name="report.pdf", about="Report"):
    return add_evidence(asked=asked, about=about, filename=name, content=content or pdf(), by=by)


def answered(case, by=None, note=""):
    """The school has sent one document."""
    asked, by = case.evidence_requests.get(), by or senco(case)
    add(asked, by)
    return answer_request(asked=asked, none_there=False, note=note, by=by)
