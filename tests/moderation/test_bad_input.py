"""What people send that cannot be taken is told on its page and changes nothing (M2, M4, M5)."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from banding_portal.documents.rules import MAX_BYTES
from moderation.models import EvidenceDocument, Judgement, Outcome, PanelCase, Sample
from moderation.services.outcomes import withdraw_case
from schools.models import Placement
from tests.documents import EICAR, pdf, scanner
from tests.factories import CollectionFactory
from tests.moderation.evidence import asked_case, senco
from tests.moderation.panels import outcome_of, settled_case
from tests.moderation.world import decided, given_case, lead, moderator

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.exe", b"MZ", "This type of file cannot be sent"),
        ("a.pdf", b"<html></html>", "This type of file cannot be sent"),
        ("a.pdf", b"", "The file is empty"),
        ("a.pdf", pdf() + b" " * MAX_BYTES, "The file is larger than 10 MB"),
        ("a.pdf", pdf(EICAR), "virus"),
    ],
    ids=["type", "another type by its content", "empty", "too large", "infected"],
)
def test_evidence_that_is_not_taken(client, settings, name, content, said):
    case = asked_case()
    client.force_login(senco(case))
    url = reverse("moderation:evidence_detail", args=[case.evidence_requests.get().pk])
    file = SimpleUploadedFile(name, content)
    with scanner(settings):
        page = client.post(url, {"file": file, "about": "Report of March"}, follow=True)
    assert said in page.text
    assert "Report of March" in page.text
    assert not EvidenceDocument.objects.exists()


def test_challenge_that_comes_too_late(client):
    case = settled_case()
    Outcome.objects.update(recorded_at=timezone.now() - dt.timedelta(days=60))
    client.force_login(senco(case))
    url = reverse("moderation:outcome_challenge", args=[outcome_of(case).pk])
    page = client.post(url, {"grounds": "It leaves out the report."}, follow=True)
    assert "could be challenged until" in page.text
    assert not PanelCase.objects.exists()


def test_judgement_on_a_withdrawn_case(client, school):
    case = given_case(decided(CollectionFactory(), school), moderator(school.quadrant))
    client.force_login(case.moderator)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Placement.objects.filter(pupil=case.decision.pupil).update(end=yesterday)
    withdraw_case(case=case, by=lead())
    levels = {f"level_{area.code}": "2" for area in case.decision.framework.areas.all()}
    given = levels | {"band": "B", "confidence": "sure", "rationale": "Seen twice."}
    page = client.post(reverse("moderation:case_detail", args=[case.pk]), given, follow=True)
    assert "can no longer be judged" in page.text
    assert not Judgement.objects.exists()


@pytest.mark.parametrize(("rate", "said"), [("101", "100 or less"), ("-1", "0 or more")])
def test_rate_that_is_no_share(client, school, rate, said):
    collection = CollectionFactory()
    decided(collection, school)
    client.force_login(lead())
    asked = {"collection": collection.pk, "rate": rate, "minimum": "1", "minutes": "20"}
    page = client.post(reverse("moderation:sample_create"), asked)
    assert said in page.text
    assert not Sample.objects.exists()


def test_empty_population(client):
    collection = CollectionFactory()
    client.force_login(lead())
    asked = {"collection": collection.pk, "rate": "10", "minimum": "1", "minutes": "20"}
    page = client.post(reverse("moderation:sample_create"), asked, follow=True)
    assert "No school has submitted a decision" in page.text
    assert Sample.objects.count() == 0
