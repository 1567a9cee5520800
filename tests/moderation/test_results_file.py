"""The results as CSV and Excel: what the page shows and each school (M7, T9, Q23)."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from banding_portal.roles import Role
from tests.factories import CollectionFactory, MembershipFactory
from tests.moderation.world import decided, given_case, judge, lead, moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample(school):
    """Four judged cases: two agree, one higher, one lower; the school’s name is a formula."""
    school.name = "=1+1 School"
    school.save()
    collection, by = CollectionFactory(), moderator(school.quadrant, name="Ann")
    for band, own in ("AA", "BB", "AB", "BA"):
        case = judge(given_case(decided(collection, school, band), by), by, own)
    return case.sample


@pytest.fixture
def take(client, sample):
    client.force_login(lead())

    def _take(form, **asked):
        url = reverse("moderation:sample_results_file", args=[sample.pk, form])
        return client.get(url, asked)

    return _take


def csv_rows(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def of(rows, part):
    return [row[1:] for row in rows if row[0] == part]


def test_csv_holds_the_figures_of_the_page(take):
    rows = csv_rows(take("csv"))
    heads = ["Part", "Of", "Unit", "Figure", "95% interval from", "95% interval to"]
    assert rows[0] == heads
    assert of(rows, "Cases counted") == [["All", "cases", "4", "", ""]]
    assert of(rows, "The same band, of all decisions")[0][2] == "0.5"
    assert [row[2] for row in of(rows, "Direction")] == ["2", "1", "1"]
    assert [row[:3] for row in of(rows, "By band, cases")] == [
        ["A", "cases", "2"],
        ["B", "cases", "2"],
    ]
    # Every decision of the population is judged, so nothing is uncertain.
    assert of(rows, "By quadrant, the same")[0][2:] == ["0.5", "0.5", "0.5"]
    assert [row[0] for row in of(rows, "By moderator, cases")] == ["Ann"]
    assert len(of(rows, "Moderator’s and school’s band")) == 9
    assert of(rows, "Levels by area, the same")[0][2] == "1.0"


def test_csv_writes_a_name_like_a_formula_as_text(take):
    assert of(csv_rows(take("csv")), "By school, cases")[0][0].startswith("'=1+1 School")


def test_excel_has_the_same_figures_on_one_sheet(take):
    written = csv_rows(take("csv"))
    sheet = load_workbook(io.BytesIO(take("xlsx").content)).worksheets[0]
    rows = [["" if cell is None else cell for cell in row] for row in sheet.values]
    assert len(rows) == len(written)
    for line, row in zip(written, rows, strict=True):
        assert line[0] == row[0]
        assert line[3] == (str(row[3]) if isinstance(row[3], str) else f"{row[3]}") or float(
            line[3]
        ) == float(row[3])
    assert sheet.freeze_panes == "A2"


def test_file_for_publication_hides_what_the_page_hides(take):
    rows = csv_rows(take("csv", **{"for": "publication"}))
    figures = {row[3] for row in rows[1:] if row[0] != "Cases counted"}
    assert figures <= {"hidden", "not defined"}
    assert not any(row[0].startswith(("By school", "By moderator", "Levels")) for row in rows)


def test_file_of_another_form_is_not_found(take):
    assert take("pdf").status_code == 404


def test_file_waits_until_a_lead_who_judges_has_judged(client, school):
    boss = lead()
    MembershipFactory(user=boss, role=Role.MODERATOR, quadrant=school.quadrant)
    case = given_case(decided(CollectionFactory(), school), boss)
    client.force_login(boss)
    url = reverse("moderation:sample_results_file", args=[case.sample_id, "csv"])
    assert "when you have judged your cases" in client.get(url, follow=True).text
    judge(case, boss)
    assert client.get(url)["Content-Type"].startswith("text/csv")
