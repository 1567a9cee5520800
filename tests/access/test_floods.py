"""Twenty identical POSTs at once on each main form that changes something (Q14 in small).

Each has one effect and no answer is an error page.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from banding.models import (
    BandDecision,
    Collection,
    ExceptionalRequest,
    Joiner,
    ReturnPupil,
    TemplateUpload,
)
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from funding.models import BandValue, Run, RunCalculation
from moderation.models import Case, Judgement, Outcome, Sample
from schools.models import Membership, Placement, Quadrant, User
from tests.access.world import World, build_world, person_in
from tests.banding.races import at_once
from tests.banding.workbook_files import Filled, uploaded
from tests.factories import CollectionFactory, PeriodFactory, PupilFactory, ReturnPupilFactory
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import checked
from tests.jobs import work_on

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 20
TODAY = dt.date.today()  # noqa: DTZ011
LEVELS = {"level_cl": "2", "level_ci": "1"}


@pytest.fixture(autouse=True)
def _sessions(settings):
    """As they are in production: one row that all twenty read and write."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"


@dataclass
class Flood:
    """A form sent many times at once, and how many effects it had."""

    by: User
    url: str
    data: dict
    effects: Callable[[], int]

    def problems(self) -> list[str]:
        """What is wrong after it; nothing when there was one effect and no error page."""
        first = Client()
        first.force_login(self.by)
        statuses = Counter(at_once([lambda: self.send(first.cookies)] * TIMES))
        found = [f"{status} × {count}" for status, count in statuses.items() if bad(status)]
        done = self.effects()
        return found if done == 1 else [*found, f"{done} effects, answers {dict(statuses)}"]

    def send(self, cookies) -> int:
        client = Client(raise_request_exception=False)
        client.cookies = cookies.copy()
        return client.post(self.url, self.data).status_code


def bad(status) -> bool:
    return not isinstance(status, int) or status >= 500 or status in (403, 404)


def url(name: str, *ids) -> str:
    return reverse(name, args=ids)


def date_of(name: str, day: dt.date) -> dict[str, str]:
    return {f"{name}_{n}": str(part) for n, part in enumerate((day.day, day.month, day.year))}


def school_floods(world: World) -> dict[str, Flood]:
    at, senco = world.own.objects, world.people[Role.SENCO]
    fresh = ReturnPupilFactory(pupil_return=at["submitted_return"])
    row = at["return_pupil"]
    pupil_return = at["return"]
    choice = LEVELS | {"band": "B", "rationale": "", "difference_reason": ""}
    joiner = {"surname": "Newcomer", "forename": "Nell", "plan_type": "EHCP", "upn": ""}
    joiner |= date_of("date_of_birth", dt.date(2018, 3, 4)) | date_of("joined_on", TODAY)
    return {
        "band decision": Flood(
            senco,
            url("banding:decision_edit", row.pk),
            choice,
            BandDecision.objects.filter(return_pupil=row).count,
        ),
        "exceptional request": Flood(
            senco,
            url("banding:exceptional_create", fresh.pk),
            {"reason": "A nurse all day"},
            ExceptionalRequest.objects.filter(return_pupil=fresh).count,
        ),
        "joiner": Flood(
            senco,
            url("banding:joiner_create", pupil_return.pk),
            joiner,
            Joiner.objects.filter(surname="Newcomer").count,
        ),
        "submission": Flood(
            senco,
            url("banding:return_submit", pupil_return.pk),
            {"declared": "on"},
            BandDecision.objects.filter(return_pupil=row, state="submitted").count,
        ),
    }


def office_floods(world: World) -> dict[str, Flood]:
    at, officer, admin = (
        world.own.objects,
        world.people[Role.SEND_OFFICER],
        world.people[Role.ADMINISTRATOR],
    )
    framework, somebody = at["framework"], PupilFactory(school=world.own.school)
    exercise = {"name": "Flooded", "code": "flooded", "kind": "exercise", "open": "1"}
    exercise |= {"framework": framework.pk, "sectors": ["mainstream"]}
    exercise |= date_of("reference_date", TODAY) | date_of("opens_on", TODAY)
    exercise |= date_of("deadline", TODAY + dt.timedelta(days=30))
    panel = LEVELS | {"band": "B", "rationale": "New plan"} | date_of("effective_from", TODAY)
    return {
        "placing a joiner": Flood(
            officer,
            url("banding:joiner_detail", at["joiner"].pk),
            {"match": "new", "reference": ""},
            Placement.objects.filter(pupil__forename="Joan").count,
        ),
        "collection": Flood(
            admin,
            url("banding:collection_create"),
            exercise,
            Collection.objects.filter(code="flooded").count,
        ),
        "panel's decision": Flood(
            officer,
            url("banding:panel_decision", somebody.pk, framework.pk),
            panel,
            BandDecision.objects.filter(pupil=somebody, state="submitted").count,
        ),
        "invitation": Flood(
            admin,
            url("schools:person_invite"),
            {"name": "Sam Coe", "email": "sam.coe@example.org", "role": Role.MODERATION_LEAD},
            lambda: len(mail.outbox) * User.objects.filter(email="sam.coe@example.org").count(),
        ),
        "role": Flood(
            admin,
            url("schools:person_detail", at["person"].pk),
            {"action": "give", "role": Role.MODERATION_LEAD},
            Membership.objects.filter(user=at["person"], role=Role.MODERATION_LEAD).count,
        ),
        "quadrant": Flood(
            admin,
            url("schools:quadrant_list"),
            {"name": "Flooded"},
            Quadrant.objects.filter(name="Flooded").count,
        ),
    }


def moderation_floods(world: World) -> dict[str, Flood]:
    at, judge, lead = (
        world.own.objects,
        world.people[Role.MODERATOR],
        world.people[Role.MODERATION_LEAD],
    )
    # Nobody settles who has a case left to judge in the sample (M4).
    Case.objects.filter(second_moderator=lead, state="assigned").update(second_moderator=None)
    drawn = CollectionFactory()
    sample = {"collection": drawn.pk, "rate": "100", "minimum": "1", "despite_missing": "yes"}
    submitted = ReturnPupilFactory(pupil_return__collection=drawn)
    BandDecision.objects.filter(pk=at["judged_case"].decision_id).update(
        return_pupil=submitted, collection=drawn
    )
    return {
        "judgement": Flood(
            judge,
            url("moderation:case_detail", at["case"].pk),
            LEVELS | {"band": "B", "confidence": "sure", "rationale": ""},
            Judgement.objects.filter(case=at["case"], moderator=judge).count,
        ),
        "upholding": Flood(
            lead,
            url("moderation:case_uphold", at["judged_case"].pk),
            {"reason": "As it was."},
            Outcome.objects.filter(case=at["judged_case"]).count,
        ),
        "sample": Flood(
            lead,
            url("moderation:sample_create"),
            sample,
            Sample.objects.filter(collection=drawn).count,
        ),
    }


@pytest.mark.parametrize("floods", [school_floods, office_floods, moderation_floods])
def test_twenty_posts_at_once_have_one_effect(floods):
    every = floods(build_world())
    problems = {name: flood.problems() for name, flood in every.items()}
    assert {name: found for name, found in problems.items() if found} == {}


def test_twenty_publications_at_once_publish_once():
    set_value()
    funded_pupil()
    run, by = checked(), person_in(Role.FINANCE_AUTHORISER, None)
    officer = person_in(Role.FINANCE_OFFICER, None)
    spring = PeriodFactory(
        code="spring",
        name="Spring",
        start=run.period.end + dt.timedelta(days=1),
        end=run.period.end + dt.timedelta(days=90),
        count_date=run.period.end + dt.timedelta(days=30),
    )
    band = run.lines.first().band
    value = {"band": band.pk, "sector": "special", "annual_value": "100"}
    every = {
        "publication": Flood(
            by,
            url("funding:run_publish", run.pk),
            {},
            Run.objects.filter(pk=run.pk, state="published", published_by=by).count,
        ),
        "calculation": Flood(
            officer,
            url("funding:run_create"),
            {"period": "spring"},
            RunCalculation.objects.filter(period=spring).count,
        ),
        "value": Flood(
            officer,
            url("funding:value_create"),
            value | date_of("effective_from", TODAY),
            BandValue.objects.filter(band=band, sector="special").count,
        ),
    }
    problems = {name: flood.problems() for name, flood in every.items()}
    assert {name: found for name, found in problems.items() if found} == {}


def test_twenty_confirmations_at_once_apply_an_upload_once():
    row = ReturnPupilFactory()
    senco = person_in(Role.SENCO, row.pupil_return.school)
    upload = uploaded(row.pupil_return, Filled(row.pupil_return).decide(row).content)
    work_on(upload)
    upload.refresh_from_db()
    flood = Flood(
        senco,
        url("banding:template_upload_detail", upload.pk),
        {"action": "apply", "fingerprint": upload.fingerprint},
        TemplateUpload.objects.filter(pk=upload.pk, state=UploadState.CONFIRMED).count,
    )
    assert flood.problems() == []
    at_once([lambda: work_on(upload)] * 4)
    upload.refresh_from_db()
    assert upload.state == UploadState.APPLIED
    assert BandDecision.objects.filter(return_pupil=row).count() == 1
    assert ReturnPupil.objects.count() == 1
