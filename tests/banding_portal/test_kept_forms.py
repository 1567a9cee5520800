"""The store of what is typed: one's own, the last one wins, swept, and limited."""

import datetime as dt

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from banding_portal.kept_forms.models import KeptForm
from banding_portal.kept_forms.selectors import kept_form
from banding_portal.kept_forms.services import (
    EACH,
    KEPT_DAYS,
    forget_form,
    keep_form,
    sweep_kept_forms,
)
from banding_portal.kept_forms.typed import MOST, TooMuchTypedError, typed_in
from banding_portal.roles import Role
from banding_portal.tasks import sweep_kept_forms as sweep_task
from tests.banding.races import at_once
from tests.factories import UserFactory, person

pytestmark = pytest.mark.django_db
HERE = "/returns/pupils/1/"
TYPED = {"rationale": ["Needs a quiet room"]}


@pytest.fixture
def senco(school):
    return person(Role.SENCO, school=school)


def typed_at(user, path, **ago):
    return keep_form(
        user=user, path=path, typed=TYPED, typed_at=timezone.now() - dt.timedelta(**ago)
    )


# What is kept of a form


def test_every_value_of_every_input_is_kept():
    assert typed_in(QueryDict("level_cl=2&sectors=a&sectors=b&rationale=Text")) == {
        "level_cl": ["2"],
        "sectors": ["a", "b"],
        "rationale": ["Text"],
    }


@pytest.mark.parametrize(
    "name",
    ["csrfmiddlewaretoken", "password", "password1", "oldpassword", "credential", "typed"],
)
def test_secrets_and_our_own_input_are_not_kept(name):
    assert typed_in(QueryDict(f"{name}=keep&rationale=Text")) == {"rationale": ["Text"]}


def test_form_with_nothing_in_it_is_nothing():
    assert typed_in(QueryDict("rationale=&band=&csrfmiddlewaretoken=x")) == {}


def test_form_that_was_sent_without_anything_typed_is_nothing():
    by_the_page = "do=next&version=3&started=last&marks=ab12&typed-in=t1&typed-by=p1&rationale="
    assert typed_in(QueryDict(by_the_page)) == {}


def test_as_much_as_is_allowed_is_kept_and_one_character_more_is_not():
    fits = QueryDict(mutable=True)
    fits["note"] = "x" * (MOST - len("note"))
    assert typed_in(fits)["note"] == [fits["note"]]
    fits["note"] += "x"
    with pytest.raises(TooMuchTypedError, match="Save it with the button"):
        typed_in(fits)


# Keeping and forgetting


def test_later_text_takes_the_place_of_the_earlier(senco):
    keep_form(user=senco, path=HERE, typed=TYPED)
    keep_form(user=senco, path=HERE, typed={"band": ["B"]})
    kept = KeptForm.objects.get()
    assert (kept.typed, kept.user) == ({"band": ["B"]}, senco)
    assert timezone.now() - kept.typed_at < dt.timedelta(minutes=1)


def test_keeping_again_moves_the_time(senco):
    typed_at(senco, HERE, days=3)
    keep_form(user=senco, path=HERE, typed=TYPED)
    assert timezone.now() - KeptForm.objects.get().typed_at < dt.timedelta(minutes=1)


def test_text_is_found_by_its_person_at_its_address_alone(senco):
    keep_form(user=senco, path=HERE, typed=TYPED)
    assert kept_form(senco, HERE).typed == TYPED
    assert kept_form(senco, f"{HERE}change/") is None
    assert kept_form(UserFactory(), HERE) is None


def test_it_is_sent_again_as_it_was_typed(senco):
    kept = keep_form(user=senco, path=HERE, typed={"sectors": ["a", "b"], "note": ["One"]})
    assert kept.data.getlist("sectors") == ["a", "b"]
    assert kept.data.urlencode() == "sectors=a&sectors=b&note=One"


def test_forgetting_takes_one_address_of_one_person(senco):
    other = UserFactory()
    for user, path in ((senco, HERE), (senco, "/there/"), (other, HERE)):
        keep_form(user=user, path=path, typed=TYPED)
    forget_form(user=senco, path=HERE)
    left = KeptForm.objects.values_list("user", "path")
    assert set(left) == {(senco.pk, "/there/"), (other.pk, HERE)}


def test_forgetting_nothing_is_no_error(senco):
    forget_form(user=senco, path=HERE)
    assert KeptForm.objects.count() == 0


def test_beyond_so_many_addresses_the_oldest_goes(senco):
    other = typed_at(UserFactory(), HERE, days=9)
    for number in range(EACH):
        typed_at(senco, f"/{number}/", minutes=EACH - number)
    keep_form(user=senco, path=HERE, typed=TYPED)
    assert KeptForm.objects.filter(user=senco).count() == EACH
    assert kept_form(senco, "/0/") is None
    assert kept_form(senco, "/1/") is not None
    assert KeptForm.objects.filter(pk=other.pk).exists()


def test_text_goes_with_the_person():
    user = UserFactory()
    keep_form(user=user, path=HERE, typed=TYPED)
    user.delete()
    assert KeptForm.objects.count() == 0


def test_keeping_asks_the_database_the_same_however_much_there_is(senco):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            keep_form(user=senco, path=HERE, typed=TYPED)
        return len(asked)

    alone = queries()
    for number in range(5):
        keep_form(user=senco, path=f"/{number}/", typed=TYPED)
    assert queries() == alone


def test_name_tells_the_address_and_nothing_of_the_text(senco):
    kept = keep_form(user=senco, path=HERE, typed=TYPED)
    assert str(kept) == f"Text typed at {HERE}"


# Two at once


@pytest.mark.django_db(transaction=True)
def test_of_saves_at_once_one_is_kept_and_none_fails(senco):
    def save(number):
        return lambda: keep_form(user=senco, path=HERE, typed={"note": [str(number)]})

    answers = at_once([save(number) for number in range(8)])
    assert {type(answer) for answer in answers} == {KeptForm}
    assert KeptForm.objects.get().typed["note"][0] in "01234567"


@pytest.mark.django_db(transaction=True)
def test_keeping_and_forgetting_at_once_never_fails(senco):
    def save():
        keep_form(user=senco, path=HERE, typed=TYPED)

    def forget():
        forget_form(user=senco, path=HERE)

    assert at_once([save, forget] * 4) == [None] * 8
    assert KeptForm.objects.count() <= 1


# Sweeping


def test_sweeper_takes_what_is_too_old_and_leaves_the_rest(senco):
    typed_at(senco, "/old/", days=KEPT_DAYS, minutes=1)
    typed_at(senco, "/young/", days=KEPT_DAYS - 1, hours=23)
    assert sweep_kept_forms(now=timezone.now()) == 1
    assert KeptForm.objects.get().path == "/young/"


def test_sweeper_takes_what_belongs_to_nobody_who_may_sign_in(senco):
    ended, inactive = person(Role.AUDITOR), person(Role.AUDITOR, is_active=False)
    ended.memberships.update(ended_on=timezone.localdate())
    for user in (senco, ended, inactive):
        keep_form(user=user, path=HERE, typed=TYPED)
    assert sweep_kept_forms(now=timezone.now()) == 2
    assert KeptForm.objects.get().user == senco


def test_sweeping_twice_does_no_harm(senco):
    typed_at(senco, "/old/", days=KEPT_DAYS + 1)
    keep_form(user=senco, path=HERE, typed=TYPED)
    for _ in range(2):
        sweep_task()
    assert KeptForm.objects.get().path == HERE


@pytest.mark.django_db(transaction=True)
def test_two_sweepers_at_once_do_no_harm(senco):
    typed_at(senco, "/old/", days=KEPT_DAYS + 1)
    keep_form(user=senco, path=HERE, typed=TYPED)
    assert at_once([sweep_task] * 4) == [None] * 4
    assert KeptForm.objects.get().path == HERE


def test_sweeper_removes_sessions_that_have_ended(client, senco):
    client.force_login(senco)
    session = client.session
    row = session.model.objects.get(pk=session.session_key)
    sweep_task()
    assert session.model.objects.filter(pk=row.pk).exists()
    row.expire_date = timezone.now() - dt.timedelta(minutes=1)
    row.save()
    sweep_task()
    assert not session.model.objects.filter(pk=row.pk).exists()


def test_the_beat_sweeps(settings):
    tasks = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert sweep_task.name in tasks


def test_what_is_typed_leaves_no_trace_in_the_audit_trail(senco):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT "
                       "tgisinternal", [KeptForm._meta.db_table])  # fmt: skip
        assert cursor.fetchone() == (0,)
