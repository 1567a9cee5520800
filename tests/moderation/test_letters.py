"""Letters to schools: one a day of publication, which never change (M11)."""

import datetime as dt

import pytest
import time_machine
from django.db import InternalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from banding.models import Collection
from moderation.feedback.letters import write_letters
from moderation.models import LetterLine, Outcome, OutcomeLetter
from moderation.panels.services import escalate_case
from schools.models import Pupil
from tests.moderation.evidence import judged_case, senco
from tests.moderation.panels import challenged, decide, on_agenda, settled_case, settled_days_ago
from tests.moderation.world import all_at_once, lead

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def today():
    return timezone.localdate()


def letters():
    return list(OutcomeLetter.objects.order_by("published_on"))


def shown(case, letter=None):
    client = Client()
    client.force_login(senco(case))
    pk = letter.pk if letter else case.decision.return_pupil.pupil_return_id
    return client.get(reverse("moderation:outcome_letter", args=[pk]))


def test_a_letter_has_date_reference_and_contact():
    case, boss = settled_case(), lead(name="Lena Reed")
    write_letters(on=today())
    [letter] = letters()
    school, collection = case.decision.school, case.decision.collection
    assert letter.reference == f"{collection.code}-{school.urn}-{today():%Y%m%d}"
    text = shown(case).text
    assert f"Our reference: {letter.reference}" in " ".join(text.split())
    assert ("Lena Reed, moderation lead," in text, boss.email in text) == (True, True)


def test_a_letter_never_changes():
    case = settled_case()
    write_letters(on=today() - DAY)
    assert letters() == []
    write_letters(on=today())
    before = [line.pk for line in LetterLine.objects.all()]
    Pupil.objects.filter(pk=case.decision.pupil_id).update(surname="Renamed")
    Outcome.objects.update(reason="Said otherwise now.")
    assert write_letters(on=today() + DAY) == 0
    text = shown(case).text
    assert ("It describes more." in text, "Renamed" in text) == (True, False)
    with pytest.raises(InternalError), transaction.atomic():
        LetterLine.objects.update(reason="Changed")
    with pytest.raises(InternalError), transaction.atomic():
        OutcomeLetter.objects.update(contact="Changed")
    assert [line.pk for line in LetterLine.objects.all()] == before


def test_each_day_of_publication_has_its_letter_and_they_are_listed():
    case = settled_case()
    settled_days_ago(case, 3)
    settled_case(collection=case.sample.collection, school=case.decision.school)
    write_letters(on=today())
    first, second = letters()
    assert [first.published_on, second.published_on] == [today() - 3 * DAY, today()]
    assert first.reference in shown(case, second).text
    client = Client()
    client.force_login(senco(case))
    listed = client.get(reverse("moderation:outcome_list")).text
    assert all(reverse("moderation:outcome_letter", args=[one.pk]) in listed for one in letters())


def test_what_is_published_later_on_a_day_comes_into_the_letter_of_that_day():
    case = settled_case()
    write_letters(on=today())
    settled_case(collection=case.sample.collection, school=case.decision.school)
    write_letters(on=today())
    [letter] = letters()
    assert letter.lines.count() == 2


def test_nothing_is_added_to_a_letter_of_an_earlier_day():
    case = settled_case()
    settled_days_ago(case, 3)
    with time_machine.travel(timezone.now() - 3 * DAY + dt.timedelta(minutes=5)):
        write_letters(on=today())
    later = settled_case(collection=case.sample.collection, school=case.decision.school)
    settled_days_ago(later, 3)  # found out late
    write_letters(on=today())
    assert [one.published_on for one in letters()] == [today() - 3 * DAY, today()]
    assert [one.lines.count() for one in letters()] == [1, 1]


def test_the_decision_of_a_panel_is_a_letter_of_its_own_and_the_first_stays():
    case = settled_case("C")
    settled_days_ago(case, 3)
    write_letters(on=today())
    decide(on_agenda(challenged(case)), "A")
    write_letters(on=today())
    first, second = letters()
    assert [(one.agreed_band, bool(one.challenge_until)) for one in first.lines.all()] == [
        ("Band C", True)
    ]
    [line] = second.lines.all()
    assert (line.agreed_band, line.challenge_until) == ("Band A", None)
    assert "Final: a panel decided" in shown(case).text


def test_both_are_written_where_no_letter_was_before_the_panel():
    case = settled_case("C")
    settled_days_ago(case, 3)
    decide(on_agenda(challenged(case)), "A")
    write_letters(on=today())
    assert [one.lines.get().agreed_band for one in letters()] == ["Band C", "Band A"]
    assert write_letters(on=today()) == 0


def test_what_was_escalated_is_final_in_its_one_letter():
    case = judged_case("C")
    item = escalate_case(case=case, reason="Both fit.", by=case.moderator)
    decide(on_agenda(item), "A")
    write_letters(on=today())
    assert LetterLine.objects.get().challenge_until is None


def test_nothing_is_written_before_the_day_of_feedback():
    case = settled_case()
    Collection.objects.update(feedback_on=today() + DAY)
    write_letters(on=today())
    assert (letters(), shown(case).status_code) == ([], 404)


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_write_one_letter():
    settled_case()
    done = all_at_once(*[lambda: write_letters(on=today())] * 8)
    assert sorted(done) == [0] * 7 + [1]
    assert (len(letters()), LetterLine.objects.count()) == (1, 1)
