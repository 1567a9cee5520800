"""The demonstration grown to a very large authority, by copies of its own rows."""

from django.db import connection, models, transaction

from banding.choices import DecisionState, ReturnState
from banding.models import BandDecision, BandDecisionEvent, Collection, ReturnPupil
from banding_portal.models import Notice
from funding.choices import LineKind, RunState
from funding.models import Line
from schools.models import Placement, Plan

SCHOOLS, PUPILS, CHANGES, EMAILS = 5_000, 50_000, 500_000, 50_000
NEW = "gen_random_uuid()"
SCHOOL, RETURN, PUPIL = (f"md5('{each}' || n)::uuid" for each in ("school", "return", "pupil"))
LISTED, DECISION = (f"md5('{each}' || n)::uuid" for each in ("listed", "decision"))
HOME, SHEET = (f"md5('{each}' || 1 + n % {SCHOOLS})::uuid" for each in ("school", "return"))
"""The school of a pupil, and the return of that school."""


@transaction.atomic
def grow() -> None:
    """Schools, their pupils on a return each, decisions, funding, changes and emails."""
    collection = Collection.objects.get(code="exercise-2026-autumn")
    listed = ReturnPupil.objects.filter(
        pupil_return__collection=collection, pupil_return__state=ReturnState.SUBMITTED, change=""
    ).earliest("pupil__reference")
    decision = BandDecision.objects.get(return_pupil=listed, state=DecisionState.SUBMITTED)
    own = {"pupil_id": PUPIL}
    copy(listed.pupil_return.school, SCHOOLS, id=SCHOOL, urn="'8' || lpad(n::text, 5, '0')",
         name="'Invented School ' || n")  # fmt: skip
    copy(listed.pupil, PUPILS, id=PUPIL, reference="'X' || lpad(n::text, 6, '0')", upn="NULL",
         surname="'Invented' || n", forename="'Pupil ' || n % 97")  # fmt: skip
    placement = Placement.objects.filter(end=None).earliest("start")
    copy(placement, PUPILS, **own, id=NEW, school_id=HOME)
    copy(Plan.objects.filter(end=None).earliest("start"), PUPILS, **own, id=NEW)
    copy(listed.pupil_return, SCHOOLS, id=RETURN, school_id=SCHOOL)
    copy(listed, PUPILS, **own, id=LISTED, pupil_return_id=SHEET)
    copy(decision, PUPILS, **own, id=DECISION, return_pupil_id=LISTED, school_id=HOME)
    paid = Line.objects.filter(kind=LineKind.ALLOCATION, run__state=RunState.PUBLISHED)
    line = paid.latest("run__published_at")
    copy(line, PUPILS, **own, id=NEW, school_id=HOME, decision_id=DECISION,
         urn="'8' || lpad(n::text, 5, '0')", reference="'X' || lpad(n::text, 6, '0')")  # fmt: skip
    days = "now() - n * interval '3 minutes'"
    event = BandDecisionEvent.objects.earliest("pgh_id")
    one_of_them = f"md5('pupil' || 1 + n % {PUPILS})::uuid"
    copy(event, CHANGES, pgh_id="DEFAULT", pgh_created_at=days, pupil_id=one_of_them)
    told = Notice.objects.filter(by_mail=True).earliest("pk")
    copy(told, EMAILS, id="DEFAULT", key="'copy' || n", created_at=days)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ANALYZE")


def copy(row: models.Model, times: int, **other: str) -> None:
    """Insert the row so many times, with SQL for what differs; `n` counts from 1."""
    fields = [field for field in row._meta.concrete_fields if not field.generated]
    names = [field.column for field in fields if other.get(field.column) != "DEFAULT"]
    table = connection.ops.quote_name(row._meta.db_table)
    into = ", ".join(map(connection.ops.quote_name, names))
    taken = ", ".join(other.get(name) or f"t.{connection.ops.quote_name(name)}" for name in names)
    key = connection.ops.quote_name(row._meta.pk.column)
    of = f"{table} t, generate_series(1, {times}) n WHERE t.{key} = %s"
    statement = f"INSERT INTO {table} ({into}) SELECT {taken} FROM {of}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement.replace(" % ", " %% "), [row.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
