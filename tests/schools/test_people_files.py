"""People and roles, and the quadrants of schools, in and out by CSV."""

import csv
import io

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from banding_portal.jobs.results import silent
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from schools.choices import SchoolStatus
from schools.models import Membership, PeopleUpload, Quadrant, QuadrantUpload, School, User
from schools.services import people
from schools.services.people_files import import_people
from schools.services.quadrant_files import import_quadrants
from tests.factories import MembershipFactory, QuadrantFactory, SchoolFactory, UserFactory, person
from tests.jobs import work_on

pytestmark = pytest.mark.django_db
HEADINGS = ["name", "email", "role", "school_urn", "quadrant"]


@pytest.fixture
def admin():
    return person(Role.ADMINISTRATOR, name="Ada Min", email="ada@la.example")


def as_csv(rows, headings=HEADINGS):
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode()


def load(by, *rows):
    """Figures by label, or what is wrong by cell."""
    result = import_people(silent, filename="people.csv", content=as_csv(rows), by=by)
    if result.issues:
        return {issue.cell: issue.message for issue in result.issues}
    return result.preview["counts"]


def roles():
    return sorted(
        (m.user.email, m.role, m.school.urn if m.school else "", str(m.quadrant or ""))
        for m in Membership.objects.current().exclude(role=Role.ADMINISTRATOR)
    )


def test_people_and_roles_are_added_and_nobody_is_written_to(admin):
    SchoolFactory(urn="900001")
    QuadrantFactory(code="north", name="North")
    counts = load(
        admin,
        ["Sam Coe", "Sam.Coe@school.example", "SENCO", "900001", ""],
        ["Sam Coe", "sam.coe@school.example", "headteacher", "900001", ""],
        ["Mo Dee", "mo@la.example", "Quadrant moderator", "", "north"],
        ["Fin Ance", "fin@la.example", "send_officer", "", ""],
    )
    assert counts == {"people": 3, "roles": 4, "unchanged": 0}
    assert roles() == [
        ("fin@la.example", "send_officer", "", ""),
        ("mo@la.example", "moderator", "", "North"),
        ("sam.coe@school.example", "headteacher", "900001", ""),
        ("sam.coe@school.example", "senco", "900001", ""),
    ]
    new = User.objects.get(email="mo@la.example")
    assert (new.has_usable_password(), new.invited_at, mail.outbox) == (False, None, [])


def test_same_file_again_adds_nothing(admin):
    row = ["Fin Ance", "fin@la.example", "send_officer", "", ""]
    assert load(admin, row, row) == {"people": 1, "roles": 1, "unchanged": 1}
    assert load(admin, row) == {"people": 0, "roles": 0, "unchanged": 1}
    assert Membership.objects.filter(role=Role.SEND_OFFICER).count() == 1


def test_role_that_has_ended_begins_again_and_absent_ones_go_on(admin):
    ended = MembershipFactory(user=UserFactory(email="fin@la.example"), role=Role.SEND_OFFICER)
    people.end_role(membership=ended, by=admin)
    kept = person(Role.AUDITOR)
    load(admin, ["Fin Ance", "fin@la.example", "send_officer", "", ""])
    assert Membership.objects.filter(role=Role.SEND_OFFICER).count() == 2
    assert kept.memberships.current().count() == 1


def test_person_there_keeps_their_name(admin):
    UserFactory(name="Old Name", email="fin@la.example")
    load(admin, ["New Name", "fin@la.example", "moderation_lead", "", ""])
    assert User.objects.get(email="fin@la.example").name == "Old Name"


def test_another_name_for_a_known_address_is_a_warning(admin):
    UserFactory(name="Old Name", email="fin@la.example")
    rows = [
        ["New Name", "fin@la.example", "send_officer"],
        ["Ada Min", admin.email, "moderation_lead"],
    ]
    result = import_people(silent, filename="people.csv", content=as_csv(rows), by=admin)
    assert [(each.cell, each.message) for each in result.warnings] == [
        ("A2", "The portal knows this address as Old Name. The name there stays as it is.")
    ]


def test_role_at_a_closed_school_is_not_given_but_may_be_there(admin):
    school = SchoolFactory(urn="900001", name="Alder", status=SchoolStatus.CLOSED)
    MembershipFactory(
        user=UserFactory(name="Sam Coe", email="sam@la.example"), role=Role.SENCO, school=school
    )
    there = ["Sam Coe", "sam@la.example", "SENCO", "900001", ""]
    assert load(admin, there) == {"people": 0, "roles": 0, "unchanged": 1}
    found = load(admin, there, ["Mo Dee", "mo@la.example", "SENCO", "900001", ""])
    assert found == {"D3": "Alder is closed. Use the URN of the one that is open."}


@pytest.mark.parametrize(
    ("row", "cell", "said"),
    [
        (["", "a@b.example", "auditor", "", ""], "A2", "Enter the name"),
        (["A", "a-b.example", "auditor", "", ""], "B2",
         "This is not an email address, such as sam@school.example."),
        (["A", "a@b", "auditor", "", ""], "B2",
         "This is not an email address, such as sam@school.example."),
        (["A", f"{'a' * 250}@b.example", "auditor", "", ""], "B2",
         "This is not an email address, such as sam@school.example."),
        (["A", "a@b.example", "boss", "", ""], "C2", "Enter"),
        (["A", "a@b.example", "senco", "", ""], "D2", "The role SENCO needs a school."),
        (["A", "a@b.example", "senco", "900009", ""], "D2",
         "No school in the portal has this URN."),
        (["A", "a@b.example", "auditor", "900001", ""], "D2",
         "The role Auditor has no school. Leave this blank."),
        (["A", "a@b.example", "moderator", "", ""], "E2",
         "The role Quadrant moderator needs a quadrant."),
        (["A", "a@b.example", "moderator", "", "South"], "E2", "There is no such quadrant."),
        (["A", "a@b.example", "auditor", "", "North"], "E2",
         "The role Auditor has no quadrant. Leave this blank."),
        (["A", "gone@la.example", "auditor", "", ""], "B2",
         "Gone is deactivated. Let them sign in again first."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row_is_said_at_its_cell(admin, row, cell, said):
    SchoolFactory(urn="900001", quadrant=QuadrantFactory(code="north", name="North"))
    UserFactory(name="Gone", email="gone@la.example", is_active=False)
    before = User.objects.count()
    assert load(admin, row) == {cell: said}
    assert User.objects.count() == before


def test_one_address_with_two_names_is_refused(admin):
    found = load(
        admin,
        ["Sam Coe", "sam@la.example", "auditor", "", ""],
        ["Sam Cole", "sam@la.example", "send_officer", "", ""],
    )
    assert found == {"A3": "Row 2 has another name for this address."}


def test_nobody_but_an_administrator_adds_people():
    with pytest.raises(RefusalError):
        load(person(Role.SEND_OFFICER), ["A", "a@b.example", "administrator", "", ""])


def send(client, page, content):
    """Send a file on screen, have it checked, apply it; the text of its page."""
    file = SimpleUploadedFile("list.csv", content, "text/csv")
    sent = client.post(reverse(page), {"file": file}, follow=True)
    upload = sent.context["upload"]
    work_on(upload)
    shown = client.get(reverse(f"{page}_detail", args=[upload.pk])).text
    upload.refresh_from_db()
    apply = {"action": "apply", "fingerprint": upload.fingerprint}
    client.post(reverse(f"{page}_detail", args=[upload.pk]), apply)
    work_on(upload)
    return shown


def test_people_go_out_and_come_in_again_unchanged(sign_in):
    client = sign_in(Role.ADMINISTRATOR, name="=Ada", email="ada@la.example")
    MembershipFactory(user=UserFactory(name="Sam Coe"), role=Role.SENCO, school=SchoolFactory())
    gone = UserFactory(name="Gone", is_active=False)
    MembershipFactory(user=gone, role=Role.AUDITOR)
    UserFactory(name="Without a role")
    out = client.get(reverse("schools:people_export"))
    rows = list(csv.DictReader(io.StringIO(out.text)))
    assert out["Content-Disposition"].startswith('attachment; filename="people-')
    assert [(row["name"], row["role"], row["state"]) for row in rows] == [
        ("'=Ada", "administrator", "Active"),
        ("Gone", "auditor", "Deactivated"),
        ("Sam Coe", "senco", "Not invited yet"),
    ]
    result = import_people(
        silent, filename="people.csv", content=out.content, by=client.user
    )  # fmt: skip
    assert result.issues == []
    assert result.preview["counts"] == {"people": 0, "roles": 0, "unchanged": 3}


def test_people_are_previewed_then_added_on_screen(sign_in):
    client = sign_in(Role.ADMINISTRATOR)
    content = as_csv([["Fin Ance", "fin@la.example", "finance_officer", "", ""]])
    shown = send(client, "schools:people_upload", content)
    assert ("Fin Ance (fin@la.example)" in shown, "Finance officer" in shown) == (True, True)
    assert "Nobody gets an email yet" in shown
    assert PeopleUpload.objects.get().state == UploadState.APPLIED
    assert User.objects.filter(email="fin@la.example").exists()


def quadrants(by, *rows):
    content = as_csv(rows, ["urn", "quadrant"])
    result = import_quadrants(silent, filename="q.csv", content=content, by=by)
    if result.issues:
        return {issue.cell: issue.message for issue in result.issues}
    return result.preview["counts"]


def placed():
    return dict(School.objects.order_by("urn").values_list("urn", "quadrant__name"))


def test_schools_go_into_quadrants_that_are_made_where_they_are_missing(admin):
    for urn in ("900001", "900002", "900003", "900004"):
        SchoolFactory(urn=urn, quadrant=QuadrantFactory(code="north", name="North"))
    counts = quadrants(
        admin,
        ["900001", "South East"],
        ["900002", "south east"],
        ["900003", ""],
        ["900004", "None"],
    )
    assert counts == {"quadrants": 1, "moved": 3, "unchanged": 1}
    assert placed() == {
        "900001": "South East",
        "900002": "South East",
        "900003": "North",
        "900004": None,
    }
    assert sorted(Quadrant.objects.values_list("code", flat=True)) == ["north", "south-east"]


def test_quadrant_is_known_by_its_code_too_and_the_same_file_again_changes_nothing(admin):
    SchoolFactory(urn="900001", quadrant=None)
    QuadrantFactory(code="se", name="South East")
    assert quadrants(admin, ["900001", "SE"]) == {"quadrants": 0, "moved": 1, "unchanged": 0}
    assert quadrants(admin, ["900001", "SE"]) == {"quadrants": 0, "moved": 0, "unchanged": 1}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([["900009", "North"]], {"A2": "No school in the portal has this URN."}),
        ([["900001", "!!"]], {"B2": "Enter a name with letters, like North East."}),
        ([["900001", "A"], ["900001", "B"]], {"A3": "Row 2 has this already."}),
        ([["", "North"]], {"A2": "Enter the URN:"}),
        ([["900001", "N" * 51]], {"B2": "This is too long. Enter"}),
    ],
)
def test_what_is_wrong_with_a_row_of_quadrants(admin, rows, found):
    SchoolFactory(urn="900001", quadrant=None)
    assert quadrants(admin, *rows) == found
    assert not Quadrant.objects.exists()


def test_nobody_but_an_administrator_moves_schools():
    SchoolFactory(urn="900001")
    with pytest.raises(RefusalError):
        quadrants(person(Role.MODERATION_LEAD), ["900001", "South"])


def test_quadrants_go_out_are_changed_and_come_in(sign_in):
    client = sign_in(Role.ADMINISTRATOR)
    SchoolFactory(urn="900001", name="-Alder", quadrant=None, postcode="CM1 1AA")
    out = client.get(reverse("schools:quadrant_export")).text
    assert out.splitlines() == [
        "urn,name,sector,town,postcode,quadrant",
        "900001,'-Alder,mainstream,,CM1 1AA,",
    ]
    shown = send(client, "schools:quadrant_upload", out.replace("1AA,", "1AA,West").encode())
    assert "West" in shown
    assert QuadrantUpload.objects.count() == 1
    assert placed() == {"900001": "West"}


def test_buttons_are_there_for_whoever_may(sign_in):
    admin_pages = sign_in(Role.ADMINISTRATOR)
    assert "Upload people and roles" in admin_pages.get(reverse("schools:person_list")).text
    assert "Upload schools" in admin_pages.get(reverse("schools:quadrant_list")).text
    auditor = sign_in(Role.AUDITOR)
    page = auditor.get(reverse("schools:person_list")).text
    assert ("Download people" in page, "Upload people" in page) == (True, False)
    page = auditor.get(reverse("schools:quadrant_list")).text
    assert ("Download schools" in page, "Upload schools" in page) == (True, False)
