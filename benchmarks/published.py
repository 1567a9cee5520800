"""Tables in the headings in which they are published, of the size of all England, invented."""

from collections.abc import Iterator, Sequence

AUTHORITIES, REGIONS = 153, 9
YEARS_251, YEARS_SEN2 = range(2015, 2026), range(2010, 2026)
AREA = "country_code,country_name,region_code,region_name,new_la_code,old_la_code,la_name"
HEAD_251 = (
    f"time_period,time_identifier,geographic_level,{AREA},main_category,category_of_expenditure,"
    "early_years_establishments,primary_schools,secondary_schools,sen_and_special_schools,"
    "pupil_referral_units_and_alt_provision,post_16,gross_expenditure,income,net_expenditure,"
    "net_per_capita_expenditure"
)
HEAD_SEN2 = (
    f"time_period,time_identifier,geographic_level,{AREA},establishment_group,establishment_type,"
    "ehcp_or_statement,num_caseload,pc_caseload"
)
TOP_UP = (
    "1.2.1 Top-up funding – maintained schools",
    "1.2.2 Top-up funding – academies, free schools and colleges",
    "1.2.3 Top-up and other funding – non-maintained and independent providers",
)
OTHERS = tuple(
    f"{part}.{line} Another line of section 251, with words as long as they are"
    for part, lines in (("1.0", 4), ("1.1", 12), ("1.3", 3), ("1.4", 14), ("1.5", 8), ("1.9", 9))
    for line in range(1, lines + 1)
)
HIGH_NEEDS = tuple(f"1.2.{line} Another line of high needs" for line in range(4, 14))
GROUPS = {
    "Alternative provision/Pupil referral unit": 3,
    "Educated elsewhere": 14,
    "Further education": 6,
    "Mainstream school": 10,
    "NEET": 1,
    "Non-maintained early years": 1,
    "Other": 1,
    "Special school": 7,
    "Unknown": 5,
    "Total": 0,
}
"""Groups of schools, and how many types each has beside its total."""
PLANS = ("EHCP", "Statement", "Total")


def areas(authorities: int) -> Iterator[str]:
    """The level and names of each authority, of the regions, and of England."""
    for number in range(1, authorities + 1):
        region = f"E1200000{number % REGIONS + 1},Region {number % REGIONS + 1}"
        name = f'"Invented City {number}, City of"' if number % 20 == 0 else f"Inventshire {number}"
        code = f"E06000{number:03},{200 + number}"
        yield f"Local authority,E92000001,England,{region},{code},{name}"
    for number in range(1, REGIONS + 1):
        yield f"Regional,E92000001,England,E1200000{number},Region {number},,,"
    yield "National,E92000001,England,,,,,"


def section_251(
    authorities: int = AUTHORITIES, years: Sequence[int] = YEARS_251
) -> Iterator[bytes]:
    """The outturn by line and phase in £ million, a year's rows at a time."""
    yield f"\ufeff{HEAD_251}\n".encode()
    for year in years:
        rows = []
        for place, area in enumerate(areas(authorities), 1):
            scale = authorities if area.startswith("National") else 1
            for line in (*OTHERS, *TOP_UP, *HIGH_NEEDS):
                cells = ",".join(f"{scale * (place % 40 + part) / 7:.5f}" for part in range(1, 6))
                words = f'"{line}"' if "," in line else line
                rows.append(
                    f"{year}{(year + 1) % 100:02},Financial year,{area},Schools,{words},{cells},z,"
                    f"{scale * 12.5:.5f},0,{scale * 12.5:.5f},:\n"
                )
        yield "".join(rows).encode()


def sen2(authorities: int = AUTHORITIES, years: Sequence[int] = YEARS_SEN2) -> Iterator[bytes]:
    """Plans by type of school in January, a year's rows at a time."""
    yield f"{HEAD_SEN2}\n".encode()
    types = [
        (group, name)
        for group, count in GROUPS.items()
        for name in (*(f"{group} - type {number}" for number in range(count)), "Total")
    ]
    for year in years:
        yield "".join(
            f"{year},Calendar year,{area},{group},{name},{plan},"
            f"{place * 7 if name == 'Total' and plan != 'Statement' else 'z'},1.5\n"
            for place, area in enumerate(areas(authorities), 1)
            for group, name in types
            for plan in PLANS
        ).encode()
