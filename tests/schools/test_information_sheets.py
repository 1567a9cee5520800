"""Information sheets: to whom, when, by email, and who has read them (rules.md R4)."""

import datetime as dt
from threading import Thread

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from banding_portal.models import Notice
from banding_portal.notices.services import choose_mails, send_notices
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import Sector, SheetState
from schools.information_sheets.lines import Line, LineError, read_lines, typed_lines
from schools.information_sheets.selectors import sheets_for_home
from schools.information_sheets.services import (
    change_sheet,
    delete_sheet,
    publish_sheet,
    read_sheet,
    tell_of_sheets,
    withdraw_sheet,
)
from schools.models import InformationSheet, SheetReading
from schools.selectors.audiences import people_in
from tests.factories import MembershipFactory, QuadrantFactory, SchoolFactory, person
from tests.pages import flat
from tests.schools.sheets import draft_sheet, published_sheet, written

TODAY, DAY = timezone.localdate(), dt.timedelta(days=1)
SENCOS = {"roles": [Role.SENCO]}


def test_lines_begin_with_a_date_or_not():
    text = "4 12 2026: Return due\n\n Read the guide: it is short \n31/01/2027: Feedback"
    lines = read_lines(text)
    assert lines == [
        Line("Return due", dt.date(2026, 12, 4)),
        Line("Read the guide: it is short"),
        Line("Feedback", dt.date(2027, 1, 31)),
    ]
    assert read_lines(typed_lines(lines)) == lines


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("31 2 2027: Return due", "“31 2 2027” is not a real date, like 4 12 2026"),
        ("4 12 2026 Return due", "put a colon after the date, as in “4 12 2026: Return due”"),
        ("4 12 2026:", "say what happens on that day"),
        ("x" * 201, "this is longer than 200 characters"),
    ],
)
def test_a_wrong_line_is_named_with_every_other(line, problem):
    with pytest.raises(LineError) as found:
        read_lines(f"{line}\nfine\n{line}")
    assert [each.partition("”: ")[2] for each in found.value.problems] == [problem] * 2


@pytest.fixture
def north(db):
    return SchoolFactory(quadrant=QuadrantFactory(code="north"), sector=Sector.MAINSTREAM)


@pytest.fixture
def south(db):
    return SchoolFactory(quadrant=QuadrantFactory(code="south"), sector=Sector.SPECIAL)


def home_of(user):
    return [sheet.title for sheet in sheets_for_home(user)]


AUDIENCES = [
    {"roles": [Role.SENCO]},
    {"roles": [Role.SENCO, Role.MODERATOR], "quadrants": ["north"]},
    {"roles": [Role.SENCO, Role.FINANCE_OFFICER], "sectors": [Sector.SPECIAL]},
    {"roles": [Role.MODERATOR, Role.HEADTEACHER], "sectors": [Sector.SPECIAL]},
    {"roles": [Role.SENCO], "sectors": [Sector.MAINSTREAM], "quadrants": ["north"]},
    {"roles": [Role.FINANCE_OFFICER, Role.SEND_OFFICER], "quadrants": ["south"]},
    {"roles": sorted(Role.values)},
]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_one_sees_and_whom_it_reaches_are_one_rule(audience, north, south):
    people = {
        "senco north": person(Role.SENCO, school=north),
        "head south": person(Role.HEADTEACHER, school=south),
        "both": person(Role.SENCO, school=north),
        "moderator north": person(Role.MODERATOR, quadrant=north.quadrant),
        "moderator and officer": person(Role.MODERATOR, quadrant=south.quadrant),
        "finance": person(Role.FINANCE_OFFICER),
        "left": person(Role.SENCO, school=north, is_active=False),
        "ended": person(Role.HEADTEACHER, school=north),
    }
    MembershipFactory(user=people["both"], role=Role.SENCO, school=south)
    MembershipFactory(user=people["moderator and officer"], role=Role.SEND_OFFICER)
    people["ended"].memberships.update(ended_on=TODAY)
    sheet = published_sheet(**audience)
    reached = {user.pk for user in people_in(sheet)}
    sees = {name for name, user in people.items() if home_of(user)}
    assert sees == {name for name, user in people.items() if user.pk in reached}
    if audience == AUDIENCES[1]:
        assert sees == {"senco north", "both", "moderator north"}
    if audience == AUDIENCES[2]:
        assert sees == {"both", "finance"}


def test_home_shows_it_from_its_first_day_to_its_last(north):
    senco = person(Role.SENCO, school=north)
    days = {
        "over": (TODAY - DAY, TODAY - DAY),
        "last day": (TODAY - DAY, TODAY),
        "first day": (TODAY, TODAY + DAY),
        "not yet": (TODAY + DAY, TODAY + DAY),
    }
    for title, (first, last) in days.items():
        sheet = published_sheet(title=title)
        InformationSheet.objects.filter(pk=sheet.pk).update(shown_from=first, shown_until=last)
    assert set(home_of(senco)) == {"last day", "first day"}
    visible = InformationSheet.objects.visible_to(senco).values_list("title", flat=True)
    assert set(visible) == {"over", "last day", "first day"}


@pytest.mark.django_db
def test_sheet_that_ends_before_it_starts_is_refused():
    with pytest.raises(RefusalError, match="the same as the first day, or later"):
        draft_sheet(shown_until=TODAY - DAY)
    assert not InformationSheet.objects.exists()


@pytest.mark.django_db
def test_what_cannot_be_published(north):
    with pytest.raises(RefusalError, match="Nobody belongs to this audience"):
        published_sheet(roles=[Role.SENCO])
    person(Role.SENCO, school=north)
    with pytest.raises(RefusalError, match="is over"):
        published_sheet(shown_from=TODAY - DAY, shown_until=TODAY - DAY, **SENCOS)


def test_published_sheet_is_numbered_and_stays_as_it_was(north):
    admin = person(Role.ADMINISTRATOR)
    first, second = published_sheet(by=admin), published_sheet(by=admin)
    assert [first.label, second.label] == [f"{TODAY.year}/1", f"{TODAY.year}/2"]
    with pytest.raises(RefusalError, match="stays as people have read it"):
        change_sheet(sheet=first, written=written(title="Another"), by=admin)
    with pytest.raises(RefusalError):
        delete_sheet(sheet=first, by=admin)
    with pytest.raises(RefusalError):
        publish_sheet(sheet=first, by=admin)


def test_withdrawn_sheet_leaves_home_and_says_why(client, north):
    senco = person(Role.SENCO, school=north)
    sheet = published_sheet()
    withdraw_sheet(sheet=sheet, reason="The date was wrong.", by=person(Role.SEND_OFFICER))
    assert home_of(senco) == []
    client.force_login(senco)
    page = flat(client.get(reverse("schools:sheet_detail", args=[sheet.pk])).content.decode())
    assert "has been withdrawn. The date was wrong." in page
    with pytest.raises(RefusalError, match="no longer, on your home page"):
        read_sheet(sheet=sheet, by=senco)


def test_reading_is_noted_once_and_only_of_whom_it_is_for(north, south):
    reader, other = senco_of(north), senco_of(south)
    sheet = published_sheet(quadrants=["north"], **SENCOS)
    read_sheet(sheet=sheet, by=reader)
    with pytest.raises(RefusalError):
        read_sheet(sheet=sheet, by=other)
    assert SheetReading.objects.get().person == reader


def senco_of(school):
    return person(Role.SENCO, school=school)


def test_emails_go_once_by_number_alone(north):
    sencos = [senco_of(north) for _ in range(3)]
    choose_mails(user=sencos[2], wanted=[])
    sheet = published_sheet(title="About Zebedee Quillon", by_mail=True, **SENCOS)
    assert (tell_of_sheets(), send_notices(), tell_of_sheets(), send_notices()) == (0, 2, 0, 0)
    assert sorted(sent.to[0] for sent in mail.outbox) == sorted(s.email for s in sencos[:2])
    for sent in mail.outbox:
        assert sent.subject == f"Information sheet {sheet.label} has been published"
        assert "Quillon" not in f"{sent.subject}{sent.body}"
        assert reverse("schools:sheet_detail", args=[sheet.pk]) in sent.body


def test_emails_of_a_later_day_wait_for_it_and_go_once(north):
    senco_of(north)
    sheet = published_sheet(
        by_mail=True, shown_from=TODAY + DAY, shown_until=TODAY + 2 * DAY, **SENCOS
    )
    assert tell_of_sheets() == 0
    InformationSheet.objects.filter(pk=sheet.pk).update(shown_from=TODAY)
    assert (tell_of_sheets(), tell_of_sheets()) == (1, 0)
    assert Notice.objects.filter(kind="sheet").count() == 1


def test_home_has_no_second_line_of_an_emailed_sheet(client, north):
    senco = senco_of(north)
    published_sheet(by_mail=True, lines=f"{(TODAY + DAY):%d %m %Y}: Return due", **SENCOS)
    client.force_login(senco)
    shown = client.get(reverse("home")).context
    assert shown["news"] == []
    assert [(told.title, told.is_new) for told in shown["board"].told] == [
        ("Autumn banding exercise", True)
    ]
    assert [(note.on, note.text) for note in shown["board"].dates] == [(TODAY + DAY, "Return due")]


@pytest.mark.django_db(transaction=True)
def test_two_published_at_once_have_two_numbers():
    admin = person(Role.ADMINISTRATOR)
    drafts = [draft_sheet(by=admin), draft_sheet(by=admin)]

    def publish(sheet):
        publish_sheet(sheet=sheet, by=admin)
        connection.close()

    threads = [Thread(target=publish, args=[sheet]) for sheet in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(InformationSheet.objects.values_list("number", flat=True)) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_emails_queued_twice_at_once_go_once():
    school = SchoolFactory()
    person(Role.SENCO, school=school)
    sheet = published_sheet(by_mail=True, **SENCOS)
    Notice.objects.all().delete()
    InformationSheet.objects.filter(pk=sheet.pk).update(told_at=None)
    told = []

    def tell():
        told.append(tell_of_sheets())
        connection.close()

    threads = [Thread(target=tell) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sum(told), Notice.objects.count()) == (1, 1)


def test_only_a_draft_can_be_deleted_and_only_by_its_writers(north):
    sheet = draft_sheet()
    with pytest.raises(RefusalError, match="role"):
        delete_sheet(sheet=sheet, by=person(Role.SENCO, school=north))
    delete_sheet(sheet=sheet, by=person(Role.SEND_OFFICER))
    with pytest.raises(RefusalError, match="deleted this draft"):
        publish_sheet(sheet=sheet, by=person(Role.SEND_OFFICER))
    assert SheetState.DRAFT not in InformationSheet.objects.values_list("state", flat=True)


def test_nobody_is_told_by_email_of_a_sheet_withdrawn_meanwhile(north):
    senco_of(north)
    sheet = published_sheet(by_mail=True)
    assert Notice.objects.filter(by_mail=True).exists()
    withdraw_sheet(sheet=sheet, reason="The day was wrong.", by=person(Role.ADMINISTRATOR))
    send_notices()
    assert mail.outbox == []
