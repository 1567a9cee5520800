"""Tables as they are published: whole, in a zip, of some authorities (rules.md F14, T8)."""

import io
import zipfile
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from banding_portal.files.limits import DAMAGED, MEGABYTE
from banding_portal.files.packing import NO_TABLE, packed
from banding_portal.roles import Role
from benchmarks.published import section_251, sen2
from funding.benchmarks.columns import LIMITS
from funding.benchmarks.models import FiguresUpload
from funding.benchmarks.services import NEITHER, NOBODY, WHICH, import_figures
from funding.models import AuthorityFigure
from tests.jobs import work_on
from tests.pages import flat

YEARS = (2024, 2025)
TABLES = {"section_251": section_251, "sen2": sen2}
pytestmark = pytest.mark.django_db


def table(name, authorities=25):
    return b"".join(TABLES[name](authorities, YEARS))


def in_zip(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"data/{name.replace('__', '.')}", content)
    return out.getvalue()


def sent(content, authorities="", filename="f.csv"):
    return import_figures(
        lambda done, total: None, filename=filename, content=content, authorities=authorities
    )


def refusal(content, authorities=""):
    with transaction.atomic():
        found = [issue.message for issue in sent(content, authorities).issues]
        transaction.set_rollback(True)
    return found


def figures():
    rows = AuthorityFigure.objects.order_by("authority", "year", "key")
    return list(rows.values_list("authority", "year", "key", "pupils", "amount"))


@pytest.mark.parametrize("name", TABLES)
def test_table_in_a_zip_reads_like_the_table_itself(name):
    assert sent(table(name)).issues == []
    by_itself = figures()
    assert {row[0] for row in by_itself} == {
        *(f"Inventshire {number}" for number in range(1, 26) if number != 20),
        "Invented City 20, City of",
    }
    AuthorityFigure.objects.all().delete()
    with_words = in_zip(
        t__csv=table(name), guidance__txt=b"About the data", more__csv=b"a,b\n1,2\n"
    )
    assert sent(with_words, filename="data.zip").issues == []
    assert figures() == by_itself


def test_only_lines_of_top_up_are_added_up():
    """Three lines of 2/7, 3/7, 4/7, … of a million by phase; ten more of high needs beside."""
    sent(table("section_251", 1))
    found = {row[2]: row[4] for row in figures() if row[1] == "2024-25"}
    assert found["early_years"] == 3 * Decimal(285_710)
    assert found["mainstream"] == 3 * (Decimal(428_570) + Decimal(571_430))


def test_only_the_authorities_asked_for_are_read():
    assert sent(table("sen2"), "Inventshire 3\n\n  invented  city 20 ").issues == []
    assert {row[0] for row in figures()} == {"Inventshire 3", "Invented City 20, City of"}


def test_authority_the_table_has_not_is_named():
    assert refusal(table("sen2"), "Inventshire 3\nNowhere") == [NOBODY.format("Nowhere")]
    assert figures() == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"time_period,la_name,age,num\n2026,East,5,7\n", [NEITHER]),
        (in_zip(a__txt=b"words"), [NO_TABLE]),
        (in_zip(a__csv=b"time_period,la_name\n2026,East\n"), [NEITHER]),
        (in_zip(a__csv=table("sen2", 1))[:-40], [DAMAGED]),
        (
            in_zip(a__csv=table("sen2", 1), b__csv=table("section_251", 1)),
            [WHICH.format("data/a.csv, data/b.csv")],
        ),
        (
            in_zip(a__csv=b"time_period,la_name,category_of_expenditure\n\0\1\n"),
            ["The file is not a .csv file, whatever its name. Save it as one again."],
        ),
    ],
    ids=["other table", "no table", "other table in a zip", "cut", "two tables", "no text"],
)
def test_file_that_cannot_be_read_says_why(content, expected):
    assert refusal(content) == expected


def test_zip_that_unpacks_to_more_than_a_table_holds_is_refused():
    chunks = (b"time_period,la_name,category_of_expenditure\n" + b"," * 2**20 for _ in range(121))
    [message] = refusal(packed("t.csv", chunks))
    assert message == LIMITS.too_much_unpacked


def test_large_table_is_packed_as_it_comes_in_and_read(sign_in):
    """More than the 5 MB that other files may have."""
    content = table("sen2", 153)
    assert len(content) > 5 * MEGABYTE
    finance = sign_in(Role.FINANCE_OFFICER)
    file = SimpleUploadedFile("sen2.csv", content)
    finance.post(
        reverse("funding:benchmark_upload"), {"file": file, "authorities": "Inventshire 1"}
    )
    upload = FiguresUpload.objects.get()
    assert upload.filename == "sen2.csv"
    assert len(upload.content) < len(content) / 5
    assert work_on(upload).issues == []
    page = flat(finance.get(reverse("funding:benchmark_upload_detail", args=[upload.pk])).text)
    assert "Inventshire 1, 2025" in page
    assert "Inventshire 2" not in page
