"""Figures of the range, the benchmark and of what moves the cost, as files (F14, Q23)."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from banding_portal.roles import Role
from tests.funding.test_scenario_pages import stored, url, year  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance(sign_in):
    return sign_in(Role.FINANCE_OFFICER)


def rows_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("name", "asked", "expected"),
    [
        ("sensitivity", "", ["Band A, Mainstream", "-22.40", "22.40", ""]),
        ("sensitivity", "", ["Band B", "", "", "3000.00"]),
        ("range", "least=0&most=0&seed=1&",
         ["2026-27", "5000", "5000", "5000", "5000", "5000"]),
        ("benchmark", "", ["Sector", "Mainstream", "3142.00", "2620.00", "", "", "", ""]),
    ],
)  # fmt: skip
def test_figures_are_a_csv_file_and_a_workbook(finance, year, name, asked, expected):  # noqa: F811
    scenario = stored(finance.user)
    answer = finance.get(f"{url(scenario, name)}?{asked}file=csv")
    assert f'filename="scenario-{name}-2026-27-' in answer["Content-Disposition"]
    rows = rows_of(answer)
    assert expected in rows
    sheet = load_workbook(
        io.BytesIO(finance.get(f"{url(scenario, name)}?{asked}file=xlsx").content)
    ).active
    assert sheet.max_row == len(rows)
    page = finance.get(f"{url(scenario, name)}?{asked}").content.decode()
    assert "file=csv" in page


def test_range_that_is_asked_wrongly_is_the_page_and_no_file(finance, year):  # noqa: F811
    answer = finance.get(f"{url(stored(finance.user), 'range')}?least=x&seed=1&file=csv")
    assert answer["Content-Type"].startswith("text/html")


def test_scenarios_side_by_side_are_a_file_with_a_column_each(finance, year):  # noqa: F811
    one, two = stored(finance.user, name="As now"), stored(finance.user, name="Next year")
    address = f"{reverse('funding:scenario_compare')}?scenario={one.pk}&scenario={two.pk}"
    answer = finance.get(f"{address}&file=csv")
    heads, *rows = rows_of(answer)
    assert heads[:2] == ["Part", "What"]
    assert set(heads[2:]) == {"As now", "Next year"}
    costs = [row for row in rows if row[1] == "Cost of the year"]
    assert [float(cell) for cell in costs[0][2:]] == [float(one.result["cost_total"])] * 2
    assert ["Who gains and who loses", "Gain, schools"] in [row[:2] for row in rows]
    sheet = load_workbook(io.BytesIO(finance.get(f"{address}&file=xlsx").content)).active
    assert sheet.max_row == len(rows) + 1
    assert "file=csv" in finance.get(address).content.decode()


def test_one_scenario_alone_is_the_page_and_no_file(finance, year):  # noqa: F811
    one = stored(finance.user)
    answer = finance.get(f"{reverse('funding:scenario_compare')}?scenario={one.pk}&file=csv")
    assert answer["Content-Type"].startswith("text/html")
