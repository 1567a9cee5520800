"""The pages of information sheets: written, published, read, followed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.roles import Role
from schools.information_sheets.services import read_sheet
from schools.models import InformationSheet
from tests.factories import SchoolFactory, person
from tests.pages import flat
from tests.schools.sheets import published_sheet

pytestmark = pytest.mark.django_db
TODAY, DAY = timezone.localdate(), dt.timedelta(days=1)


def day_of(name, day):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def filled(**given):
    return {
        "title": "Autumn banding exercise",
        "text": "# What happens\nThe exercise opens.",
        "lines": "4 12 2026: Return due",
        "contact": "SEND operations",
        "roles": [Role.SENCO],
        **day_of("shown_from", TODAY),
        **day_of("shown_until", TODAY + DAY),
        **given,
    }


def test_officer_writes_publishes_and_a_senco_reads(client):
    senco = person(Role.SENCO, school=SchoolFactory(name="Alderbrook"))
    client.force_login(person(Role.SEND_OFFICER))
    saved = client.post(reverse("schools:sheet_create"), filled())
    sheet = InformationSheet.objects.get()
    assert saved.url == reverse("schools:sheet_detail", args=[sheet.pk])
    draft = client.get(saved.url)
    assert draft.context["roles"] == [("SENCO", 1)]
    client.post(reverse("schools:sheet_publish", args=[sheet.pk]))
    client.force_login(senco)
    assert "New" in flat(client.get(reverse("home")).content.decode())
    page = flat(client.get(saved.url).content.decode())
    assert '<h2 class="govuk-heading-m">What happens</h2>' in page
    assert "<strong>4 December 2026</strong>: Return due" in page
    client.post(reverse("schools:sheet_read", args=[sheet.pk]))
    assert not client.get(reverse("home")).context["board"].told[0].is_new
    client.force_login(person(Role.ADMINISTRATOR))
    readers = client.get(reverse("schools:sheet_readers", args=[sheet.pk]))
    (row,) = readers.context["page_obj"]
    assert (row.name, row.as_role, row.at_school) == (senco.name, "SENCO", "Alderbrook")
    assert row.read_at is not None


@pytest.mark.parametrize(
    ("given", "field", "problem"),
    [
        (day_of("shown_until", TODAY - DAY), "shown_until", "The last day must be the same as"),
        ({"roles": []}, "roles", "Choose at least one role"),
        ({"lines": "31 2 2026: x"}, "lines", "is not a real date"),
        ({"title": " "}, "title", "Enter the title"),
        ({"contact": ""}, "contact", "Enter the name of a team and how to reach it"),
        ({"quadrants": ["nowhere"]}, "", ""),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_kept(client, given, field, problem):
    client.force_login(person(Role.ADMINISTRATOR))
    response = client.post(reverse("schools:sheet_create"), filled(**given))
    if field:
        assert problem in str(response.context["form"].errors[field])
    # Without quadrants the form does not ask for them.
    assert InformationSheet.objects.count() == (0 if field else 1)


def test_draft_is_changed_and_its_form_shows_it_as_it_was_typed(client):
    client.force_login(person(Role.ADMINISTRATOR))
    client.post(reverse("schools:sheet_create"), filled())
    sheet = InformationSheet.objects.get()
    edit = reverse("schools:sheet_edit", args=[sheet.pk])
    assert client.get(edit).context["form"].initial["lines"] == "4 December 2026: Return due"
    client.post(edit, filled(title="Another", lines=""))
    sheet.refresh_from_db()
    assert (sheet.title, sheet.lines.count()) == ("Another", 0)


def test_published_sheet_leads_from_its_form_to_its_page(client):
    sheet = published_sheet()
    client.force_login(person(Role.ADMINISTRATOR))
    response = client.get(reverse("schools:sheet_edit", args=[sheet.pk]))
    assert response.url == reverse("schools:sheet_detail", args=[sheet.pk])


def test_sheet_is_withdrawn_with_a_reason_alone(client):
    sheet = published_sheet()
    client.force_login(person(Role.ADMINISTRATOR))
    withdraw = reverse("schools:sheet_withdraw", args=[sheet.pk])
    assert "reason" in client.post(withdraw, {"reason": " "}).context["form"].errors
    client.post(withdraw, {"reason": "Wrong date"})
    sheet.refresh_from_db()
    assert (sheet.state, sheet.withdrawn_because) == ("withdrawn", "Wrong date")


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        ("", ["Second", "First"]),
        ("q=first", ["First"]),
        (f"q={TODAY.year}/2", ["Second"]),
        ("q=nothing", []),
        ("state=withdrawn", []),
        ("sort=title", ["First", "Second"]),
    ],
)
def test_list_is_found_in(client, wanted, titles):
    admin = person(Role.ADMINISTRATOR)
    for title in ("First", "Second"):
        published_sheet(by=admin, title=title)
    client.force_login(admin)
    page = client.get(f"{reverse('schools:sheet_list')}?{wanted}")
    assert [sheet.title for sheet in page.context["page_obj"]] == titles


def count_of(client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as counted:
        client.get(url)
    return len(counted)


def test_lists_take_the_same_queries_for_one_and_three(client, django_assert_max_num_queries):
    admin, school = person(Role.ADMINISTRATOR), SchoolFactory()
    senco = person(Role.SENCO, school=school)
    sheet = published_sheet(by=admin, lines="4 12 2099: Far ahead")
    urls = [reverse("home"), reverse("schools:sheet_list")]
    readers = reverse("schools:sheet_readers", args=[sheet.pk])
    counts = []
    for _ in range(2):
        client.force_login(senco)
        client.get(urls[0])
        counts.append([count_of(client, url, django_assert_max_num_queries) for url in urls])
        client.force_login(admin)
        counts[-1].append(count_of(client, readers, django_assert_max_num_queries))
        for _ in range(2):
            read_sheet(sheet=sheet, by=person(Role.SENCO, school=school))
            published_sheet(by=admin, lines="4 12 2099: Far ahead")
    assert counts[0] == counts[1]


def test_readers_are_narrowed_by_school_and_by_whether_they_have_read(client):
    schools = [SchoolFactory(name="Alderbrook"), SchoolFactory(name="Birchwood")]
    readers = [person(Role.SENCO, school=school) for school in schools]
    sheet = published_sheet(roles=[Role.SENCO])
    read_sheet(sheet=sheet, by=readers[0])
    client.force_login(person(Role.AUDITOR))
    url = reverse("schools:sheet_readers", args=[sheet.pk])
    for query, expected in {
        "show=read": [readers[0]],
        "show=not_yet": [readers[1]],
        "q=birch": [readers[1]],
    }.items():
        assert list(client.get(f"{url}?{query}").context["page_obj"]) == expected
    page = client.get(url)
    assert (page.context["read"], page.context["people"]) == (1, 2)


def test_page_says_how_far_the_emails_are(client):
    for _ in range(2):
        person(Role.SENCO, school=SchoolFactory())
    sheet = published_sheet(roles=[Role.SENCO], by_mail=True)
    client.force_login(person(Role.ADMINISTRATOR))
    page = client.get(reverse("schools:sheet_detail", args=[sheet.pk])).content.decode()
    assert "0 of 2 emails sent" in flat(page)


def test_auditor_reads_what_was_published_and_no_draft(client):
    admin = person(Role.ADMINISTRATOR)
    published_sheet(by=admin, roles=[Role.ADMINISTRATOR], title="Told")
    client.force_login(admin)
    client.post(reverse("schools:sheet_create"), filled(title="Draft"))
    client.force_login(person(Role.AUDITOR))
    page = client.get(reverse("schools:sheet_list"))
    assert [sheet.title for sheet in page.context["page_obj"]] == ["Told"]
