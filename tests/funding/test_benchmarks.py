"""Averages beside other authorities, and the files these come from (rules.md F14)."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse

from banding_portal.roles import Role
from funding.benchmarks.columns import figure, shape_of, year
from funding.benchmarks.rules import (
    Elsewhere,
    Figure,
    against,
    averages,
    elsewhere,
    from_section_251,
    from_sen2,
    sector_of_group,
)
from funding.benchmarks.services import IN_MILLIONS, IN_POUNDS, NOTHING, import_figures
from funding.benchmarks.views import signed
from funding.models import AuthorityFigure
from tests.funding.test_scenario_pages import stored, url
from tests.funding.test_scenario_pages import year as payment_year
from tests.pages import flat

made_year = payment_year
OWN = """year,authority,by,of,pupils,amount
2025-26,Eastshire,sector,Mainstream,1000,"£2,500,000"
2025-26,Westshire,sector,mainstream,400,1400000.00
2025-26,Eastshire,need,asd,100,450000
2025-26,Eastshire,phase,Primary,600,1200000
"""
SECTION_251 = """time_period,time_identifier,geographic_level,country_name,old_la_code,la_name,\
category_of_expenditure,early_years_establishments,primary_schools,secondary_schools,\
sen_and_special_schools,pupil_referral_units_and_alt_provision,post_16,gross_expenditure
202526,Financial year,National,England,z,,1.2.1 Top-up funding - maintained schools,1,2,3,4,5,6,21
202526,Financial year,Local authority,England,801,Eastshire,\
1.2.1 Top-up funding - maintained schools,0.1,2,1,4.5,:,z,7.6
202526,Financial year,Local authority,England,801,Eastshire,\
1.2.2 Top-up funding - academies,0,1,0.5,1.5,0.25,0.5,3.75
202526,Financial year,Local authority,England,801,Eastshire,\
1.2.5 SEN support services,0,9,9,9,9,9,45
"""
PLANNED = """time_period,time_identifier,geographic_level,country_name,country_code,region_name,\
region_code,la_name,old_la_code,new_la_code,main_category_planned_expenditure,\
category_of_planned_expenditure,early_years_establishments,primary_schools,secondary_schools,\
sen_and_special_schools,pupil_referral_units_and_alt_provision,post_16,gross_planned_expenditure,\
income,net_planned_expenditure,net_per_capita_planned_expenditure
202425,Financial year,National,England,E92000001,,,,,,Section A: Schools,\
1.0.1 Individual Schools Budget,249378118,5173016468,3147331781,931050115,87522708,6467,1,x,1,544
202425,Financial year,Local authority,England,E92000001,East,E12000001,Eastshire,801,E10000099,\
Section A: Schools,1.2.1 Top-up funding – maintained schools,x,2000000,500000.5,4000000,250000,x,\
6750000.5,0,6750000.5,z
"""
SEN2 = """time_period,time_identifier,geographic_level,country_name,la_name,establishment_group,\
establishment_type,num_caseload
2026,Calendar year,National,England,,Mainstream school,Total,250000
2026,Calendar year,Local authority,England,Eastshire,Mainstream school,Total,1500
2026,Calendar year,Local authority,England,Eastshire,Mainstream school,LA maintained,900
2026,Calendar year,Local authority,England,Eastshire,Special school,Total,500
2026,Calendar year,Local authority,England,Eastshire,Further education,Total,low
2026,Calendar year,Local authority,England,Eastshire,Educated elsewhere,Total,80
"""


def sent(text: str):
    return import_figures(lambda done, total: None, filename="f.csv", content=text.encode())


def problems(text: str) -> list[tuple[str, str, str]]:
    with transaction.atomic():
        found = sent(text).issues
        transaction.set_rollback(True)
    return [(each.heading, each.message, each.value) for each in found]


def test_years_and_figures_are_read_as_they_are_published():
    assert [year(text) for text in ("2025-26", "202526", "2025/26", "2026")] == [
        "2025-26", "2025-26", "2025-26", "2026",
    ]  # fmt: skip
    assert [figure(text) for text in ("1,250.5", "z", ":", "low", "0")] == [
        Decimal("1250.5"), None, None, None, 0,
    ]  # fmt: skip
    for wrong in ("1e9999", "NaN", "much"):
        with pytest.raises(ValueError, match="not a number"):
            figure(wrong)


def test_shape_is_known_by_the_first_line():
    texts = (
        OWN,
        SECTION_251,
        PLANNED,
        SEN2,
        "",
        '"time_period";"age"',
        '"la_name","category_of_expenditure"',
    )
    shapes = [shape_of(text.partition("\n")[0]) for text in texts]
    assert shapes == ["own", "section_251", "section_251", "sen2", "own", None, "section_251"]


def test_groups_of_schools_are_sectors_as_far_as_they_can_be():
    groups = {
        "Mainstream school": "mainstream",
        "Special school": "special",
        "Special post 16 institution": "post_16",
        "Alternative provision/Pupil referral unit": "alternative_provision",
        "Non-maintained early years": "early_years",
        "Independent special school": "independent",
        "Educated elsewhere": None,
    }
    assert {group: sector_of_group(group) for group in groups} == groups


def test_averages_are_the_newest_amount_over_the_newest_pupils():
    figures = [
        Figure("East", "2024-25", "sector", "special", None, Decimal(9_000)),
        Figure("East", "2025-26", "sector", "special", None, Decimal(12_000)),
        Figure("East", "2026", "sector", "special", 3, None),
        Figure("West", "2025-26", "sector", "special", 2, Decimal(10_000)),
        Figure("South", "2025-26", "sector", "special", None, Decimal(10_000)),
    ]
    found = averages(figures)
    assert found == {
        ("sector", "special"): {"East": Decimal("4000.00"), "West": Decimal("5000.00")}
    }
    middle = Elsewhere(Decimal("4500.00"), Decimal("4000.00"), Decimal("5000.00"), 2)
    assert elsewhere(found["sector", "special"]) == middle
    assert elsewhere({}) is None
    assert against(Decimal(5), None) is None
    assert [signed(each) for each in (Decimal("0.04"), Decimal("-0.126"), Decimal(0), None)] == [
        "+4%", "−13%", "0%", "–",
    ]  # fmt: skip


def test_section_251_rows_of_top_up_are_pounds_by_sector():
    row = {"authority": "East", "year": "2025-26", "level": "Local authority"}
    rows = [
        row | {"category": "1.2.1 Top-up", "primary": Decimal("1.5"), "secondary": Decimal("0.25")},
        row | {"category": "1.2.2 Top-up", "primary": Decimal(1), "special": None},
        row | {"category": "1.2.4 Other", "primary": Decimal(7)},
        row | {"category": "1.2.11 Direct payments", "primary": Decimal(7)},
        row | {"category": "1.2.1 Top-up", "level": "Regional", "primary": Decimal(7)},
    ]
    amount = Decimal("2750000.00")
    assert from_section_251(rows) == [
        Figure("East", "2025-26", "sector", "mainstream", None, amount)
    ]


def test_sen2_takes_totals_of_types_and_of_plans_with_statements():
    row = {"authority": "East", "year": "2026", "group": "Special school"}
    rows = [
        row | {"type": "Total", "plan": "EHCP", "pupils": Decimal(29)},
        row | {"type": "Total", "plan": "Statement", "pupils": Decimal(1)},
        row | {"type": "Total", "plan": "Total", "pupils": Decimal(30)},
        row | {"type": "Academy", "pupils": Decimal(20)},
        row | {"pupils": None},
    ]
    assert from_sen2(rows) == [Figure("East", "2026", "sector", "special", 30, None)]


pytestmark = pytest.mark.django_db


def test_own_shape_is_kept_and_the_same_file_changes_nothing():
    assert sent(OWN).issues == []
    again = sent(OWN).preview["counts"]
    assert (again["unchanged"], again["created"], again["updated"]) == (4, 0, 0)
    kept = AuthorityFigure.objects.get(authority="Eastshire", by="need")
    assert (kept.key, kept.pupils, kept.amount) == ("ASD", 100, Decimal(450_000))
    assert AuthorityFigure.objects.filter(by="sector", key="mainstream").count() == 2


def test_published_files_fill_each_other():
    sent(SECTION_251)
    sent(SEN2)
    figures = {
        (row.year, row.key): (row.pupils, row.amount) for row in AuthorityFigure.objects.all()
    }
    assert figures["2025-26", "mainstream"] == (None, Decimal(4_500_000))
    assert figures["2025-26", "special"] == (None, Decimal(6_000_000))
    assert figures["2026", "mainstream"] == (1500, None)
    rows = AuthorityFigure.objects.values_list("authority", "year", "by", "key", "pupils", "amount")
    found = averages(Figure(*row) for row in rows)
    assert found["sector", "mainstream"] == {"Eastshire": Decimal(3_000)}
    assert found["sector", "special"] == {"Eastshire": Decimal(12_000)}


def test_planned_expenditure_is_in_pounds_and_outturn_in_millions():
    planned = sent(PLANNED)
    assert planned.issues == []
    assert planned.preview["notes"] == [IN_POUNDS]
    figures = dict(AuthorityFigure.objects.values_list("key", "amount"))
    assert figures == {
        "mainstream": Decimal("2500000.50"),
        "special": Decimal(4_000_000),
        "alternative_provision": Decimal(250_000),
    }
    assert sent(SECTION_251).preview["notes"] == [IN_MILLIONS]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (OWN.replace("Mainstream", "Grammar"), ("of", "There is no such sector.", "Grammar")),
        (OWN.replace("asd", "XYZ"), ("of", "There is no such need.", "XYZ")),
        (OWN.replace("Westshire", "Eastshire"),
         ("of", "Row 2 already has this authority, year and sector.", "mainstream")),
        (OWN.replace("1400000.00", "-5"), ("amount", "An amount can’t be negative. Enter", "-5")),
        (OWN.replace("2025-26,West", "25/26,West"),
         ("year", "Write the year like 2025-26, or 202526 as it is published.", "25/26")),
        (SECTION_251.replace("0.1,2,1", "0.1,two,1"),
         ("primary_schools", "This is not a number.", "two")),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_cell(text, expected):
    assert expected in problems(text)
    assert not AuthorityFigure.objects.exists()


def test_file_of_nothing_says_so():
    found = sent(SECTION_251.replace("1.2.1", "1.3.1").replace("1.2.2", "1.3.2"))
    assert [each.message for each in found.issues] == [NOTHING]
    found = sent(
        SECTION_251.replace("0.1,2,1,4.5", "0,0,0,0").replace("0,1,0.5,1.5,0.25,0.5", "0,0,0,0,0,0")
    )
    assert found.preview["notes"] == [NOTHING]


def test_page_compares_a_scenario_with_all_pupils_and_with_others(sign_in, made_year):
    """B at £3,000 and A at £2,240: £2,620 on average; elsewhere £2,500 and £3,500."""
    finance = sign_in(Role.FINANCE_OFFICER)
    scenario = stored(finance.user)
    page = flat(finance.get(url(scenario, "benchmark")).content.decode())
    assert "There are no figures of other authorities yet." in page
    sent(OWN)
    page = flat(finance.get(url(scenario, "benchmark")).content.decode())
    for words in (
        "£2,620.00",
        "£3,142.00",
        "£2,500.00",
        "£3,500.00",
        "−13%",
        "Eastshire, Westshire",
    ):
        assert words in page
    assert reverse("funding:benchmark_upload") in page
    auditor = sign_in(Role.AUDITOR)
    assert reverse("funding:benchmark_upload") not in (
        auditor.get(url(scenario, "benchmark")).content.decode()
    )


def test_scenario_worked_out_before_there_were_averages_leads_back(sign_in, made_year):
    finance = sign_in(Role.FINANCE_OFFICER)
    scenario = stored(finance.user)
    del scenario.result["average_all"]
    scenario.save()
    assert finance.get(url(scenario, "benchmark")).url == url(scenario)
