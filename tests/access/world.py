"""Two schools in two quadrants with work of every kind, and a person in every role at the first.

What belongs to the second school carries CANARY in its name: no page may show it to a person of
the first. Pupils are called by NAME, what a school wrote to explain a band holds RATIONALE.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.utils import timezone

from banding.choices import DecisionSource, ReturnState
from banding.feeds.services import make_feed, token_of
from banding.models import (
    CaseloadUpload,
    FrameworkUpload,
    RollOver,
    TemplateUpload,
    TemplateZip,
)
from banding.templates_io.services import issue_template, template_file
from banding_portal.jobs.results import Issue
from banding_portal.models import Notice
from banding_portal.roles import ROLES_AT_A_SCHOOL, ROLES_IN_A_QUADRANT, Role
from banding_portal.uploads.states import UploadState
from funding.models import (
    CalendarUpload,
    FiguresUpload,
    PaymentsUpload,
    SchoolDaysUpload,
    ValuesUpload,
)
from moderation.choices import CaseState, Confidence
from moderation.models import Absence, Case, Interest, Judgement, SampleDecision
from schools.choices import Arrangement, Corrected, CorrectionKind, Fact, ImportKind
from schools.models import (
    Correction,
    ImportRecord,
    InvitationRound,
    Look,
    PeopleUpload,
    Placement,
    PupilMerge,
    QuadrantUpload,
    RegisterUpload,
    RoleRequest,
    School,
    UnusualDay,
    User,
)
from schools.services.accounts import address_token
from schools.services.arrangements import add_arrangement
from schools.services.import_records import Written, keep_record
from schools.services.people import invitation_token
from tests.access.asked import add_requests
from tests.access.evidence import add_evidence, add_panel
from tests.access.money import add_funding, add_runs, publish
from tests.factories import (
    BandDecisionFactory,
    BandValueFactory,
    CaseFactory,
    CollectionFactory,
    MembershipFactory,
    PlacementFactory,
    PlanFactory,
    PublishedQuestionFactory,
    PupilFactory,
    QuadrantFactory,
    QueryFactory,
    ReturnFactory,
    ReturnPupilFactory,
    SampleFactory,
    SchoolFactory,
    UserFactory,
    person,
)
from tests.moderation.calibration import a_set_of, framework_with_cases
from tests.schools.resources import resources_of
from tests.schools.sheets import sheets_of
from tests.schools.training import training_of

CANARY = "Zebedee"
NAME = "Quillon"
RATIONALE = "Marmalade"


@dataclass
class Side:
    """The objects of one school, by the noun a rule names them with; a text stands for itself."""

    school: School
    objects: dict[str, Any] = field(default_factory=dict)


@dataclass
class World:
    own: Side
    other: Side
    people: dict[str, User]
    shared: frozenset[str]
    """Nouns that are the same object on both sides."""

    def side(self, name: str) -> Side:
        return self.own if name == "own" else self.other


def build_world() -> World:
    """Everything the matrix needs, in the database as it is."""
    north, south = QuadrantFactory(code="north"), QuadrantFactory(code="south")
    own = SchoolFactory(name="Alderbrook School", quadrant=north)
    other = SchoolFactory(name=f"{CANARY} School", quadrant=south)
    people = {role: person_in(role, own) for role in Role.values}
    shared = shared_objects()
    judges = (people[Role.MODERATOR], person_in(Role.MODERATOR, other, name=f"{CANARY} Moderator"))
    sides = []
    for school, mark, judge in zip((own, other), ("", CANARY), judges, strict=True):
        side = Side(school, dict(shared, school=school, quadrant=school.quadrant))
        add_pupils(side, f"{mark}{NAME}")
        add_requests(side, f"{mark}{NAME}", people, RATIONALE)
        add_query(side, f"{mark} question", people)
        add_cases(side, judge, people[Role.MODERATION_LEAD], mark)
        side.objects |= {
            "a_moderator": judge,
            "absence": Absence.objects.create(
                moderator=judge, first=dt.date(2026, 12, 1), last=dt.date(2026, 12, 2)
            ),
        }
        side.objects |= a_set_of(judge, shared["calibrated_framework"])
        add_evidence(side, judge, mark, NAME)
        add_panel(side, judge, f"{mark}{NAME}", people)
        add_uploads(side, people[Role.SENCO])
        add_people(side, mark or "Alder")
        side.objects |= sheets_of(school, mark) | training_of(school, mark)
        side.objects |= resources_of(school, mark)
        add_funding(side.objects)
        sides.append(side)
    add_mover(*sides)
    publish(shared, *(side.objects for side in sides))
    return World(sides[0], sides[1], people, frozenset(shared))


def person_in(role: str, school: School, **fields: Any) -> User:
    """A person with the role at the school or in its quadrant, where the role needs one."""
    return person(
        role,
        school=school if role in ROLES_AT_A_SCHOOL else None,
        quadrant=school.quadrant if role in ROLES_IN_A_QUADRANT else None,
        **{"name": f"The {role}"} | fields,
    )


def shared_objects() -> dict[str, Any]:
    """What belongs to the authority as a whole."""
    collection, value = CollectionFactory(), BandValueFactory()
    return add_runs() | {
        "collection": collection,
        "framework": collection.framework,
        "calibrated_framework": framework_with_cases(),
        "sample": SampleFactory(collection=CollectionFactory(code="sampled")),
        "judged_sample": SampleFactory(collection=CollectionFactory(code="judged")),
        "band_value": value,
        "question": PublishedQuestionFactory(),
        "look": Look.objects.create(user=UserFactory(), pupils=[uuid4()]),
        "unusual_day": UnusualDay.objects.create(
            user=UserFactory(), day=dt.date(2026, 11, 1), pupils=900, usual=20
        ),
        "notice": Notice.objects.create(
            recipient=UserFactory(), kind="accepted", key="1", title="Accepted", path="/"
        ),
    }


def add_pupils(side: Side, surname: str) -> None:
    """A pupil on an open return and one on a submitted return, with a decision each."""
    at = side.objects
    pupil = PupilFactory(school=side.school, surname=surname)
    at["return"] = ReturnFactory(collection=at["collection"], school=side.school)
    at["submitted_return"] = ReturnFactory(
        collection=at["sample"].collection,
        school=side.school,
        state=ReturnState.SUBMITTED,
        submitted_at=timezone.now(),
        submitted_by=UserFactory(),
    )
    at |= {
        "pupil": pupil,
        "placement": pupil.placements.get(),
        "plan": pupil.plans.get(),
        "correction": corrected_plan(pupil),
        "former_sector": side.school.former_sectors.create(
            sector="special", until=dt.date(2026, 8, 31)
        ),
        "former_fact": pupil.former_facts.create(
            kind=Fact.NAME, value=f"{surname}, Former", until=dt.date(2026, 8, 31)
        ),
        "twin": PupilFactory(surname=surname),
        "merge": merged_into(pupil),
        "return_pupil": ReturnPupilFactory(pupil_return=at["return"], pupil=pupil),
        "decision": decided(side, pupil),
        "closed_school": SchoolFactory(status="closed", closed_on=dt.date(2026, 8, 31)),
        "quadrant": side.school.quadrant,
        "arrangement": add_arrangement(
            kind=Arrangement.PROVIDER,
            name="Brightside Tuition",
            payee_reference=side.school.urn,
            by=person(Role.SEND_OFFICER),
        ),
        "panel_decision": BandDecisionFactory(
            return_pupil=None,
            pupil=pupil,
            collection=None,
            school=None,
            framework=at["framework"],
            source=DecisionSource.PANEL,
            effective_from=dt.date(2026, 9, 1),
        ),
    }


def corrected_plan(pupil: Any) -> Correction:
    """A plan that was entered by mistake."""
    return Correction.objects.create(
        pupil=pupil,
        record=Corrected.PLAN,
        kind=CorrectionKind.MISTAKE,
        subject=uuid4(),
        before={"plan_type": "SEN_SUPPORT", "start": "2026-09-01", "end": None},
        before_words="SEN Support",
        reason=RATIONALE,
    )


def merged_into(pupil: Any) -> PupilMerge:
    """A record of the same child, merged into this one."""
    return PupilMerge.objects.create(
        kept=pupil,
        dropped=PupilFactory(merged_into=pupil),
        reason=RATIONALE,
        before={},
        after={},
        made_by=UserFactory(),
    )


def decided(side: Side, pupil: Any = None) -> Any:
    row = {"pupil": pupil} if pupil else {}
    row = ReturnPupilFactory(pupil_return=side.objects["submitted_return"], **row)
    return BandDecisionFactory(return_pupil=row, rationale=RATIONALE, difference_reason=RATIONALE)


def add_query(side: Side, subject: str, people: dict[str, User]) -> None:
    """One that everybody who answers may answer, and the finance contact asked."""
    asked_by = people[Role.SCHOOL_FINANCE]
    side.objects["query"] = QueryFactory(school=side.school, subject=subject, asked_by=asked_by)


def add_cases(side: Side, judge: User, lead: User, mark: str) -> None:
    """A case to be judged and a judged one, both with the lead as second moderator."""
    at = side.objects
    at["interest"] = Interest.objects.create(person=judge, school=SchoolFactory(), reason=mark)
    at["case"] = case_of(side, at["decision"], judge, lead)
    pupil = PupilFactory(school=side.school, surname=f"{mark}{NAME}")
    at["judged_case"] = case = case_of(side, decided(side, pupil), judge, lead)
    band = case.decision.framework.bands.get(code="C")
    for by in (judge, lead):
        Judgement.objects.create(
            case=case,
            moderator=by,
            band=band,
            confidence=Confidence.SURE,
            locked_at=timezone.now(),
        )
    Case.objects.filter(pk=case.pk).update(state=CaseState.JUDGED)


def case_of(side: Side, decision: Any, judge: User, lead: User) -> Case:
    sample = side.objects["sample"]
    SampleDecision.objects.create(
        sample=sample,
        decision=decision,
        urn=side.school.urn,
        quadrant=side.school.quadrant.code,
        sector=side.school.sector,
        band="B",
        hash=decision.pk.hex * 2,
        stratum_size=2,
        stratum_sample=2,
        selected=True,
    )
    return CaseFactory(
        sample=sample,
        decision=decision,
        state=CaseState.ASSIGNED,
        moderator=judge,
        second_moderator=lead,
    )


def add_uploads(side: Side, by: User) -> None:
    """A file of each kind at work, and a template that came back with a problem in a row."""
    at = side.objects
    name = f"{side.school.name}.xlsx"
    at["template_upload"] = upload(TemplateUpload, by, name, pupil_return=at["return"])
    at["caseload_upload"] = upload(CaseloadUpload, by, "caseload.xlsx")
    at["roll_over"] = RollOver.objects.create(new_year=year_of(side), seen="x", started_by=by)
    at["import_record"] = import_of(at["placement"], by)
    at["register_upload"] = upload(RegisterUpload, by, "register.csv")
    at["invitation_round"] = InvitationRound.objects.create(
        started_by=by, invited_at=timezone.now()
    )
    at["people_upload"] = upload(PeopleUpload, by, "people.csv")
    at["quadrant_upload"] = upload(QuadrantUpload, by, "quadrants.csv")
    at["framework_upload"] = upload(FrameworkUpload, by, "framework.json")
    at["values_upload"] = upload(ValuesUpload, by, "values.csv")
    at["figures_upload"] = upload(FiguresUpload, by, "figures.csv")
    at["calendar_upload"] = upload(CalendarUpload, by, "calendar.json")
    at["payments_upload"] = upload(PaymentsUpload, by, "payments.csv")
    at["school_days_upload"] = upload(SchoolDaysUpload, by, "days.csv")
    at["template_zip"] = TemplateZip.objects.create(
        collection=at["return"].collection,
        started_by=by,
        state="done",
        filename="templates.zip",
        content=b"zip",
        preview={"workbooks": 1, "rows": 1, "left_out": []},
    )
    file = template_file(issue_template(pupil_return=at["return"], by=by))
    at["marked_upload"] = upload(
        TemplateUpload,
        by,
        name,
        file.content,
        pupil_return=at["return"],
        state=UploadState.REFUSED,
        issues=[Issue("Wrong", "Pupils", row=2, column="A").as_dict()],
        preview={"marked": True},
    )


def year_of(side: Side) -> int:
    """One roll-over to a year is at work at a time."""
    return 2027 if side.school.name.startswith(CANARY) else 2026


def import_of(placement: Placement, by: User) -> ImportRecord:
    """A caseload that ended a placement."""
    found = {"row": placement, "who": "999-1", "what": "Placement", "pupil": placement.pupil_id}
    written = [Written(**found, before={"end": None}, after={"end": "2026-08-31"})]
    record = keep_record(
        kind=ImportKind.CASELOAD, filename="caseload.csv", written=written, by=by, job=None
    )
    assert record is not None
    return record


def upload(model: type, by: User, name: str, content: bytes = b"at work", **fields: Any) -> Any:
    made = model(started_by=by, **fields)
    made.set_file(name, content)
    made.save()
    return made


def add_people(side: Side, mark: str) -> None:
    """Somebody who works for the school, and somebody invited."""
    user = UserFactory(name=f"Pat {mark}", email=f"pat.{mark.lower()}@example.org")
    invited = UserFactory(invited_at=timezone.now())
    moving = UserFactory(new_email=f"new.{mark.lower()}@example.org")
    membership = MembershipFactory(user=user, role=Role.SENCO, school=side.school)
    asked = RoleRequest.objects.create(user=user, role=Role.AUDITOR, asked_by=invited)
    side.objects |= {
        "person": user,
        "membership": membership,
        "role_request": asked,
        "token": invitation_token(invited),
        "address_token": address_token(moving),
        "feed_token": token_of(make_feed(by=user)),
    }


def add_mover(own: Side, other: Side) -> None:
    """A pupil who left the first school for the second, where they were banded since (B6)."""
    since = other.objects["collection"].reference_date
    left, came = since - dt.timedelta(days=30), since - dt.timedelta(days=400)
    pupil = PupilFactory(surname=f"Moved{NAME}")
    PlanFactory(pupil=pupil, start=came)
    PlacementFactory(pupil=pupil, school=own.school, start=came, end=left)
    PlacementFactory(pupil=pupil, school=other.school, start=since)
    row = ReturnPupilFactory(pupil_return=other.objects["submitted_return"], pupil=pupil)
    BandDecisionFactory(return_pupil=row, rationale=f"{CANARY} {RATIONALE}")
    own.objects["mover"] = other.objects["mover"] = pupil
