"""Figures for everybody: counted, made public, read without signing in (rules.md F13)."""

import csv
import datetime as dt
from decimal import Decimal
from threading import Thread

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from banding_portal import public_pages
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.words import day
from funding.choices import FiguresState, LineKind, RunState
from funding.figures.selectors import terms
from funding.figures.services import end_figures, make_figures, publish_figures
from funding.models import BandValue, FiguresEdition, Line, Run
from schools.choices import Sector
from tests.factories import (
    BandValueFactory,
    CollectionFactory,
    PeriodFactory,
    PupilFactory,
    ReturnFactory,
    RunFactory,
    SchoolFactory,
    person,
)
from tests.pages import flat

pytestmark = pytest.mark.django_db
FIGURES = "funding:figures"


def run_of(period, *paid):
    """A published run; each of `paid` is a pupil, sector, band, pounds and further fields."""
    run = RunFactory(period=period, prepared_by=person(Role.FINANCE_OFFICER), lines_hash="0" * 64)
    for pupil, sector, band, amount, more in paid:
        facts = {
            "period": period,
            "kind": LineKind.ALLOCATION,
            "start": period.start,
            "end": period.end,
            "framework_code": band.framework.code,
            "band_name": band.name,
        }
        Line.objects.create(
            run=run,
            pupil=pupil,
            school=SCHOOL[0],
            sector=sector,
            amount=Decimal(amount),
            days=1,
            period_days=1,
            numerator=1,
            denominator=3,
            **facts | more,
        )
    sent = {"sent_by": person(Role.FINANCE_OFFICER), "sent_at": timezone.now()}
    Run.objects.filter(pk=run.pk).update(state=RunState.CHECKED, **sent)
    Run.objects.filter(pk=run.pk).update(
        state=RunState.PUBLISHED,
        published_by=person(Role.FINANCE_AUTHORISER),
        published_at=timezone.now(),
    )
    return run


SCHOOL: list = []


@pytest.fixture
def bands(db):
    SCHOOL[:] = [SchoolFactory(sector=Sector.MAINSTREAM)]
    value = BandValueFactory(annual_value=Decimal(6000))
    framework = value.band.framework
    return {code: framework.bands.get(code=code) for code in ("A", "B", "C")}


def pupils(count, sector, band, amount="1000.00", **more):
    return [(PupilFactory(), sector, band, amount, more) for _ in range(count)]


def counted():
    (term,) = terms()
    return term, {name: count for name, count in term.by_band.items() if count}


def test_pupils_are_counted_once_by_their_last_line(bands):
    period = PeriodFactory()
    early = {"end": period.start + dt.timedelta(days=9)}
    late = {"start": period.start + dt.timedelta(days=10)}
    mover = PupilFactory()
    run_of(
        period,
        *pupils(6, Sector.MAINSTREAM, bands["A"]),
        (mover, Sector.MAINSTREAM, bands["A"], "100", early),
        (mover, Sector.SPECIAL, bands["C"], "200", late),
    )
    term, by_band = counted()
    assert (term.pupils, term.amount) == (7, Decimal("6300.00"))
    assert by_band == {"Band A (Test framework)": 6, "Band C (Test framework)": 1}
    assert term.by_sector == {"Mainstream": 6, "Special": 1}
    assert list(term.by_band) == [f"Band {code} (Test framework)" for code in "ABC"]


def test_later_adjustment_belongs_to_its_term_and_what_was_taken_back_counts_nobody(bands):
    autumn = PeriodFactory()
    spring = PeriodFactory(
        calendar=autumn.calendar,
        code="spring",
        start=dt.date(autumn.end.year + 1, 1, 1),
        end=dt.date(autumn.end.year + 1, 3, 31),
        count_date=dt.date(autumn.end.year + 1, 1, 15),
    )
    gone, stays = pupils(2, Sector.MAINSTREAM, bands["A"])
    run_of(autumn, gone, stays)
    back = {"kind": LineKind.ADJUSTMENT, "period": autumn, "band_name": "", "framework_code": ""}
    run_of(spring, (gone[0], Sector.MAINSTREAM, bands["A"], "-1000", back))
    term, by_band = counted()
    assert (term.name, term.pupils, term.amount) == (autumn.name, 1, Decimal(1000))
    assert by_band == {"Band A (Test framework)": 1}


def test_draft_and_other_authorities_pupils_are_not_counted(bands):
    period = PeriodFactory()
    other = {"kind": LineKind.OTHER_LA}
    run_of(period, *pupils(1, Sector.MAINSTREAM, bands["A"], "0", **other))
    RunFactory(period=PeriodFactory(calendar=period.calendar, code="x", **far(period)))
    assert list(terms()) == []


def far(period):
    year = period.end.year + 3
    days = {"start": dt.date(year, 1, 1), "end": dt.date(year, 2, 1)}
    return days | {"count_date": dt.date(year, 1, 15)}


def made(by=None):
    officer = by or person(Role.FINANCE_OFFICER)
    return make_figures(introduction="# Process\nTermly.", by=officer)


def public():
    return publish_figures(edition=made(), by=person(Role.FINANCE_AUTHORISER))


def test_page_is_there_only_while_it_is_switched_on(client, bands):
    assert client.get(reverse(FIGURES)).status_code == 404
    edition = public()
    assert client.get(reverse(FIGURES)).status_code == 200
    end_figures(edition=edition, by=person(Role.FINANCE_AUTHORISER))
    assert client.get(reverse(FIGURES)).status_code == 404
    assert client.get(reverse("funding:figures_csv")).status_code == 404


def test_everybody_reads_the_same_on_the_page_and_in_the_file(client, bands):
    collection = CollectionFactory(opens_on=timezone.localdate() - dt.timedelta(days=30))
    ReturnFactory(collection=collection)
    period = PeriodFactory()
    run_of(
        period,
        *pupils(8, Sector.MAINSTREAM, bands["A"]),
        *pupils(6, Sector.MAINSTREAM, bands["B"]),
        *pupils(2, Sector.MAINSTREAM, bands["C"]),
    )
    public()
    page = flat(client.get(reverse(FIGURES)).content.decode())
    text = client.get(reverse("funding:figures_csv")).content.decode("utf-8-sig")
    lines = list(csv.reader(text.splitlines()))
    rows = {(part, of, figure): value for part, of, figure, value, _ in lines}
    by_band = "Pupils by band", period.name
    assert rows[*by_band, "Band A (Test framework)"] == "8"
    assert rows[*by_band, "Band B (Test framework)"] == "Under 5, or hidden"
    assert rows[*by_band, "Band C (Test framework)"] == "Under 5, or hidden"
    assert rows["Terms", period.name, "Pupils funded"] == "16"
    assert rows["Terms", period.name, "Pounds allocated"] == "16000"
    assert rows["Rounds", collection.name, "Schools asked"] == "1"
    value = BandValue.objects.get()
    _, _, band, pounds, since = lines[-1]
    assert (band, pounds, since) == (value.band.name, "6000.00", day(value.effective_from))
    assert f"{day(value.effective_from)}</td>" in page
    assert "About £16,000" in page
    assert page.count("Under 5, or hidden") == 3
    assert '<h2 class="govuk-heading-m">Process</h2>' in page


def test_edition_from_before_values_had_their_day_is_still_read(client, bands):
    edition = public()
    for table in edition.content["values"]:
        table["rows"] = [row[:2] for row in table["rows"]]
    edition.save()
    assert "6,000.00" in client.get(reverse(FIGURES)).text
    assert "6000" in client.get(reverse("funding:figures_csv")).text


def test_edition_stays_as_it_was_made(client, bands):
    period = PeriodFactory()
    run_of(period, *pupils(9, Sector.MAINSTREAM, bands["A"]))
    public()
    later = dt.date(2026, 9, 1)
    BandValueFactory(band=bands["B"], annual_value=Decimal(77777), effective_from=later)
    assert "77,777" not in client.get(reverse(FIGURES)).content.decode()
    public()
    assert "77,777" in client.get(reverse(FIGURES)).content.decode()
    states = FiguresEdition.objects.order_by("made_at").values_list("state", flat=True)
    assert list(states) == [FiguresState.REPLACED, FiguresState.PUBLIC]


def test_officer_makes_authoriser_publishes_and_nobody_else():
    edition = made()
    for role in (Role.FINANCE_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR):
        with pytest.raises(RefusalError, match="role"):
            publish_figures(edition=edition, by=person(role))
    with pytest.raises(RefusalError, match="role"):
        made(by=person(Role.FINANCE_AUTHORISER))


def test_pages_make_publish_and_refuse_an_empty_introduction(client):
    client.force_login(person(Role.FINANCE_OFFICER))
    make = reverse("funding:figures_make")
    assert "introduction" in client.post(make, {"introduction": " "}).context["form"].errors
    detail = client.post(make, {"introduction": "Termly"}).url
    edition = FiguresEdition.objects.get()
    client.force_login(person(Role.FINANCE_AUTHORISER))
    assert b"Make public" in client.get(detail).content
    client.post(reverse("funding:figures_publish", args=[edition.pk]))
    assert "is switched on" in client.get(reverse("funding:figures_list")).content.decode()


def test_list_takes_the_same_queries_for_one_and_three(client, django_assert_max_num_queries):
    client.force_login(person(Role.AUDITOR))
    url, counts = reverse("funding:figures_list"), []
    made()
    for _ in range(2):
        with django_assert_max_num_queries(40) as queries:
            client.get(url)
        counts.append(len(queries))
        made()
        made()
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_published_at_once_leave_one_public():
    authoriser = person(Role.FINANCE_AUTHORISER)
    editions = [made(), made()]

    def publish(edition):
        publish_figures(edition=edition, by=authoriser)
        connection.close()

    threads = [Thread(target=publish, args=[edition]) for edition in editions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    states = sorted(FiguresEdition.objects.values_list("state", flat=True))
    assert states == [FiguresState.PUBLIC, FiguresState.REPLACED]


def test_footer_leads_to_the_figures_while_they_are_public(client, settings, monkeypatch):
    settings.PUBLIC_PAGES = ["funding.figures.public.pages"]
    monkeypatch.setattr(public_pages, "KEPT", 0)
    monkeypatch.setattr(public_pages.Known, "until", 0)
    page, link = reverse("help"), f'href="{reverse(FIGURES)}"'
    assert link not in client.get(page).text
    authoriser = person(Role.FINANCE_AUTHORISER)
    edition = publish_figures(edition=made(), by=authoriser)
    assert link in client.get(page).text
    end_figures(edition=edition, by=authoriser)
    assert link not in client.get(page).text


def test_footer_asks_once_a_minute(client, settings, monkeypatch, django_assert_num_queries):
    settings.PUBLIC_PAGES = ["funding.figures.public.pages"]
    monkeypatch.setattr(public_pages.Known, "until", 0)
    client.get(reverse("help"))
    with django_assert_num_queries(0):
        client.get(reverse("help"))
