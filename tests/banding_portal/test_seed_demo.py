"""The demonstration fills every state that the issue lists; it is made once for this module."""

import datetime as dt
import json
from collections import Counter
from decimal import Decimal
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.test import Client, override_settings
from django.utils import timezone
from django.utils.module_loading import import_string

from banding.choices import (
    CollectionKind,
    DifferenceKind,
    JoinerState,
    PupilChange,
    PupilStatus,
    ReturnState,
    RoundList,
)
from banding.models import (
    BandDecision,
    CaseloadDifference,
    ChangeRequest,
    Collection,
    ExceptionalRequest,
    Framework,
    Joiner,
    Leaver,
    Mark,
    Return,
    ReturnPupil,
    TemplateUpload,
)
from banding.returns.answers import checked_lines
from banding.returns.progress import progress_of_return
from banding.rounds.selectors import count_lists, round_rows
from banding_portal.commands import RefusedCommandError
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.selectors import recent_notices
from banding_portal.roles import Role
from banding_portal.set_up import set_up_for
from banding_portal.uploads.states import UploadState
from banding_portal.words import day
from funding.choices import ExceptionKind, LineKind, RunState
from funding.models import BandValue, FundingPolicy, PaymentCalendar, Run, Scenario
from moderation.choices import CaseState, OutcomeKind
from moderation.models import Case, Outcome, Sample
from moderation.selectors.settling import cases_to_settle
from schools.choices import PlanType, Sector
from schools.demo.people import ACCOUNTS, PASSWORD
from schools.identifiers import check_upn
from schools.models import Placement, Pupil, School, User
from schools.selectors.conversions import conversions_left
from tests.banding_portal.told import everything_told
from tests.moderation.seeded import assert_first_sample_shows_all

# Without the mark no test database would be made where this module is run alone.
pytestmark = pytest.mark.django_db
HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module", autouse=True)
def folder(django_db_setup, django_db_blocker, tmp_path_factory):
    """One demonstration for all tests here, undone at the end."""
    place = tmp_path_factory.mktemp("demo")
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, LA_CODE="999", PASSWORD_HASHERS=HASHERS),
        transaction.atomic(),
    ):
        call_command("seed_demo", "--folder", str(place), stdout=StringIO())
        yield place
        transaction.set_rollback(True)


def test_nothing_is_left_to_set_up():
    assert set_up_for(User.objects.get(memberships__role=Role.ADMINISTRATOR)) is None


def command(name, *args):
    out = StringIO()
    call_command(name, *args, "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def account(role):
    return User.objects.get(email=next(a.email for a in ACCOUNTS if a.role == role))


def exercise():
    return Collection.objects.get(kind=CollectionKind.EXERCISE)


def the_round():
    """The one of the last term; that of this term is open."""
    return Collection.objects.filter(kind=CollectionKind.ROUND).exclude(closed_at=None).get()


def open_round():
    return Collection.objects.get(kind=CollectionKind.ROUND, closed_at=None)


def states(queryset):
    return set(queryset.values_list("state", flat=True))


def waits_on_home(role):
    sources = [import_string(path) for path in settings.HOME_SOURCES]
    return {item.title for due in sources for item in due(account(role))}


def test_files_that_were_sent_in_wait_for_who_sent_them():
    assert "Preview waiting: valid.xlsx" in waits_on_home(Role.SENCO)
    assert "Preview waiting: register.csv" in waits_on_home(Role.ADMINISTRATOR)
    assert "Preview waiting: caseload.csv" in waits_on_home(Role.SEND_OFFICER)
    kinds = CaseloadDifference.objects.values_list("kind", flat=True)
    assert set(kinds) >= {DifferenceKind.CHANGED, DifferenceKind.MISSING}
    uploads = TemplateUpload.objects.values_list("state", flat=True)
    assert list(uploads) == [UploadState.READY, UploadState.REFUSED]


def test_what_changed_in_the_last_term_waits_for_the_authoriser():
    run = Run.objects.get(state=RunState.CHECKED)
    assert set(run.lines.values_list("kind", flat=True)) == {LineKind.ADJUSTMENT}
    assert f"Run of {run.period.name}" in waits_on_home(Role.FINANCE_AUTHORISER)


def test_forty_schools_of_all_sectors_in_four_quadrants():
    assert School.objects.filter(status="open", arrangement="").count() == 40
    assert set(School.objects.values_list("sector", flat=True)) == set(Sector.values)
    quadrants = School.objects.exclude(quadrant=None).values_list("quadrant__name", flat=True)
    assert set(quadrants) == {"North", "East", "South", "West"}


def test_school_that_became_an_academy_waits_to_be_moved():
    [conversion] = conversions_left()
    assert conversion.pupils
    assert len(conversion.roles) == 2
    assert conversion.outside == conversion.successors


def test_some_600_pupils_with_valid_upns():
    upns = list(Pupil.objects.values_list("upn", flat=True))
    assert 580 <= len(upns) <= 640
    assert {check_upn(upn) for upn in upns if upn} == {None}
    assert None in upns


def test_two_frameworks_combine_in_different_ways():
    kinds = Framework.objects.values_list("combine_kind", flat=True)
    assert set(kinds) == {"best_fit", "highest_need"}


def test_exercise_has_returns_in_every_state():
    assert states(exercise().returns) == set(ReturnState.values)
    assert exercise().returns.exclude(extended_to=None).count() == 1


def test_exercise_is_open_and_due_in_eight_days():
    assert exercise().deadline == timezone.localdate() + dt.timedelta(days=8)
    assert exercise().closed_at is None


def test_senco_has_two_schools_with_work_left_in_both():
    own = Return.objects.visible_to(account(Role.SENCO)).filter(collection=exercise())
    assert states(own) == {ReturnState.IN_PROGRESS, ReturnState.RETURNED}
    progress = progress_of_return(own.get(state=ReturnState.IN_PROGRESS))
    assert 0 < progress.done < progress.total
    back = own.get(state=ReturnState.RETURNED)
    assert back.returned_reason
    marks = Mark.objects.filter(return_pupil__pupil_return=back, message=back.returned_reason)
    assert (marks.count(), marks.to_look_at().count()) == (2, 1)


def test_schools_tell_of_a_joiner_leavers_staying_on_and_a_band_that_is_not_enough():
    changes = set(ReturnPupil.objects.values_list("change", flat=True))
    assert changes >= {PupilChange.LEFT, PupilChange.STAYING_ON}
    assert states(Joiner.objects) == {JoinerState.WAITING, JoinerState.REFUSED}
    assert ExceptionalRequest.objects.count() == 1
    assert Leaver.objects.waiting().count() == ChangeRequest.objects.waiting().count() == 1


def test_round_of_this_term_is_open_and_confirmed_by_some():
    now = open_round()
    assert now.deadline > timezone.localdate()
    assert states(now.returns) == set(ReturnState) - {ReturnState.RETURNED}
    assert count_lists(now)["carrying_on"] > 100


def test_one_school_applies_for_a_pupil_at_sen_support_and_the_senco_may():
    now = open_round()
    told = BandDecision.objects.filter(collection=now)
    application = told.get(return_pupil__pupil__plans__plan_type=PlanType.SEN_SUPPORT)
    assert application.evidence_in_words
    own = Return.objects.visible_to(account(Role.SENCO)).filter(collection=now)
    lines = [line for each in own for line in progress_of_return(each).lines]
    assert PupilStatus.NOT_APPLIED in {line.status for line in lines}


def test_decision_of_the_senco_differs_from_the_suggestion_with_its_reason():
    own = exercise().returns.visible_to(account(Role.SENCO))
    decisions = BandDecision.objects.filter(return_pupil__pupil_return__in=own)
    assert decisions.exclude(band=F("suggested_band")).exclude(difference_reason="").exists()


def test_higher_band_stands_beside_that_of_last_time_under_the_same_framework():
    returns = open_round().returns.visible_to(account(Role.SENCO))
    own = returns.get(state=ReturnState.IN_PROGRESS)
    lines = checked_lines(progress_of_return(own), own.collection.framework)
    [told] = [each for each in lines if each.line.draft]
    assert (told.difference[-11:], any(a.before for a in told.answers)) == ("higher now.", True)


def test_somebody_works_for_many_schools_with_pupils_for_several_pages():
    trust = User.objects.get(email="trust@demo.example")
    assert len(trust.school_ids_as(Role.SENCO)) == 35
    assert Pupil.objects.visible_to(trust).count() > 200


def test_sen_support_carries_on_as_moderators_agreed():
    now = open_round()
    sources = Counter(
        str(each.forward.decision.source)
        for each in round_rows(now)
        if each.list == RoundList.CARRYING_ON and each.forward.standing.basis == "SEN_SUPPORT"
    )
    assert sources["moderation"] > 40
    assert set(sources) == {"moderation"}


def test_round_is_finished_in_the_past():
    assert states(the_round().returns) == {ReturnState.ACCEPTED}
    assert the_round().closed_at < timezone.now()
    last = the_round().returns.order_by("-submitted_at").first()
    assert last.submitted_at.date() <= the_round().deadline < timezone.localdate()


def test_sample_is_drawn_and_cases_are_in_every_state():
    cases = Sample.objects.get(collection=the_round()).cases
    assert states(cases) == set(CaseState) - {CaseState.UNASSIGNED}
    kinds = Outcome.objects.values_list("kind", flat=True)
    assert set(kinds) == {OutcomeKind.UPHELD, OutcomeKind.CHANGED}


def test_cases_have_the_same_names_every_time():
    cases = Case.objects.filter(sample__collection=the_round()).order_by("decision_id")
    assert [case.reference for case in cases[:3]] == ["32CA", "1432", "C115"]


def test_first_sample_of_the_exercise_shows_what_the_round_does_not():
    assert_first_sample_shows_all(Sample.objects.exclude(collection=the_round()).get())


def test_moderator_and_lead_have_work_left():
    moderator, lead = account(Role.MODERATOR), account(Role.MODERATION_LEAD)
    assert Case.objects.to_judge(moderator).count() == 3
    assert not cases_to_settle(moderator).exists()  # before all three are judged too (M9)
    assert cases_to_settle(lead).exists()


def test_moderated_bands_are_in_force_beside_the_school_s():
    outcome = Outcome.objects.filter(kind=OutcomeKind.CHANGED).first()
    moderated = BandDecision.objects.in_force().get(moderates=outcome.case.decision)
    assert moderated.band == outcome.band != outcome.case.decision.band


def test_last_term_is_published_by_somebody_else():
    run = Run.objects.get(state=RunState.PUBLISHED, sequence=1)
    assert run.published_by == account(Role.FINANCE_AUTHORISER) != run.prepared_by
    assert run.period.end < timezone.localdate()
    assert run.published_at.date() <= run.period.end
    assert run.control_total > 0


def test_school_finance_contact_has_news_of_a_statement():
    finance = account(Role.SCHOOL_FINANCE)
    [notice] = recent_notices(finance)
    assert notice.kind == NoticeKind.STATEMENT
    client = Client()
    client.force_login(finance)
    assert "Adjustment" in client.get(notice.path).text


def test_new_senco_has_begun_nothing():
    new = User.objects.get(email="new-senco@demo.example")
    [item, *_] = [i for path in settings.HOME_SOURCES for i in import_string(path)(new)]
    assert [w.text for w in item.ways] == ["Download the Excel template", "Read the descriptors"]
    assert (item.action, item.done) == ("See your list", 0)


def test_this_term_is_a_draft_with_exceptions_to_clear():
    run = Run.objects.get(state=RunState.DRAFT)
    assert run.period.start <= timezone.localdate() <= run.period.end
    kinds = set(run.exceptions.values_list("kind", flat=True))
    # Who was told as leaving today is one from tomorrow on, which may be the next term.
    told = {ExceptionKind.JOINED, ExceptionKind.LEFT}
    places = {ExceptionKind.OVERLAP, ExceptionKind.NO_SCHOOL, ExceptionKind.NO_AGREED_BAND}
    yearly = {ExceptionKind.NO_UPN, ExceptionKind.NO_URN, ExceptionKind.OTHER_LA}
    assert kinds | {ExceptionKind.LEFT} == told | places | yearly
    assert run.exceptions.exclude(cleared_at=None).count() == 0
    assert set(run.lines.values_list("kind", flat=True)) == {
        LineKind.ALLOCATION,
        LineKind.OTHER_LA,
        LineKind.UNVALUED,
        LineKind.ADJUSTMENT,
    }


def test_scenarios_of_the_year_are_worked_out_and_shared():
    fall, rise = Scenario.objects.order_by("name")
    assert {fall.state, rise.state} == {"shared"}
    assert rise.cost > fall.cost > 1_000_000
    assert Decimal(fall.result["protection_total"]) > 0


def test_calendars_values_and_paying_frameworks_are_there():
    assert PaymentCalendar.objects.count() == 2
    assert BandValue.objects.filter(annual_value=None).count() == 1
    assert set(FundingPolicy.objects.values_list("sector", flat=True)) == set(Sector.values)


@pytest.mark.parametrize("role", Role.values)
def test_each_role_has_an_account_that_opens_its_home_page(role):
    user = account(role)
    assert user.check_password(PASSWORD)
    assert user.has_role(role)
    client = Client()
    client.force_login(user)
    assert client.get("/").status_code == 200


def test_accounts_are_listed_with_their_password():
    lines = command("seed_demo", "--accounts")["accounts"]
    assert len(lines) == len(ACCOUNTS) + 1
    assert PASSWORD in lines[-1]


def test_accounts_name_roles_and_schools_in_plain_text():
    out = StringIO()
    call_command("seed_demo", "--accounts", stdout=out)
    senco = out.getvalue().splitlines()[0].split(maxsplit=1)
    assert senco[0] == "SENCO"
    assert "Alderbrook Primary School and Birchfield Primary School" in senco[1]


def test_seeding_again_changes_nothing(folder):
    before = Placement.objects.count(), BandDecision.objects.count()
    assert command("seed_demo", "--folder", str(folder)) == {"seeded": False}
    assert (Placement.objects.count(), BandDecision.objects.count()) == before


def import_workbook(path):
    own = exercise().returns.order_by("school__urn").first()
    place = ("--collection", own.collection.code, "--urn", own.school.urn)
    email = account(Role.SENCO).email
    return command("import_template", str(path), *place, "--user", email)


def test_valid_workbook_is_ready_to_apply(folder):
    told = import_workbook(folder / "valid.xlsx")
    assert (told["issues"], told["new"]) == ([], 5)


def test_broken_workbook_is_refused(folder):
    with pytest.raises(RefusedCommandError):
        import_workbook(folder / "broken.xlsx")


def test_roll_over_finds_leavers_and_who_stays_on():
    year = timezone.localdate().year + (timezone.localdate().month >= 9)
    told = command("roll_year", "--to", f"{year}-{(year + 1) % 100:02d}", "--dry-run")
    assert told["leavers"] > 10
    assert told["staying"] == 1


def test_everything_is_undone_when_a_part_fails(folder, settings):
    settings.DEMO_EMPTY = []
    before = School.objects.count()
    with pytest.raises(Exception, match=r"quadrant|already|unique"), transaction.atomic():
        call_command("seed_demo", "--folder", str(folder), stdout=StringIO())
    assert School.objects.count() == before


def test_nothing_that_is_told_names_a_pupil():
    reminders, *texts = everything_told(exercise().deadline - dt.timedelta(days=7))
    assert (int(reminders) > 5, len(texts) > 300) == (True, True)
    told = " ".join(" ".join(texts).split())
    people = set(User.objects.values_list("name", flat=True))
    for pupil in Pupil.everything.all():
        first, last = pupil.forename, pupil.surname
        names = {f"{first} {last}", f"{last}, {first}"} - people
        marks = {*names, pupil.reference, pupil.upn, day(pupil.date_of_birth)} - {"", None}
        assert [mark for mark in marks if mark in told] == []
