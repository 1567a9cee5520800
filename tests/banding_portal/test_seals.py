"""The chain over the audit trail: what was changed afterwards is found and named (rules.md A1)."""

import datetime as dt
import json
from io import StringIO
from threading import Event, Thread

import pghistory
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from banding_portal.database.owner import as_who_connected
from banding_portal.models import Seal, TrailCheck
from banding_portal.roles import Role
from banding_portal.seals import sealing
from banding_portal.seals.chain import line_of, read_line, stretches
from banding_portal.seals.checking import check_trail, look_at_trail
from banding_portal.seals.copy import read_copy, write_missing
from banding_portal.seals.rows import columns_of, hashes_of, writers
from banding_portal.seals.sealing import seal_trail
from schools.models import Pupil
from tests.factories import PupilFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import published

pytestmark = pytest.mark.django_db
PUPILS, SEALS = "schools_pupilevent", "banding_portal_seal"


@pytest.fixture
def copy(tmp_path, settings):
    settings.AUDIT_COPY = tmp_path / "outside" / "copy.jsonl"
    return settings.AUDIT_COPY


def seal():
    return seal_trail(now=timezone.now() + dt.timedelta(minutes=10), patience=20)


def sealed_pupils(count=3):
    """A seal each, the first of them seal 1."""
    pupils = []
    for number in range(count):
        pupils.append(PupilFactory(surname=f"Sealed{number}"))
        seal()
    return pupils


def by_owner(table, statement, *values):
    """As whoever owns the tables: no trigger and no right stands in the way."""
    with as_who_connected(), connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement.replace("TABLE", table), values)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def published_run():
    set_value()
    funded_pupil(SchoolFactory())
    return published()


def event_of(pupil):
    return Pupil.pgh_event_model.objects.filter(pgh_obj_id=pupil.pk).earliest("pgh_id").pgh_id


def broken(copy=None):
    return list(look_at_trail(copy).broken)


def test_a_trail_as_it_was_has_nothing_broken():
    sealed_pupils()
    found = look_at_trail()
    assert (found.broken, found.waiting) == ((), 0)
    assert found.events == sum(len(seal.ids) for seal in Seal.objects.all()) == 3


def test_sealing_twice_seals_nothing_twice():
    sealed_pupils()
    assert seal() == 0
    assert broken() == []


def test_what_comes_later_is_sealed_after_it():
    sealed_pupils()
    PupilFactory()
    assert look_at_trail().waiting > 0
    assert seal() > 0
    assert (look_at_trail().waiting, broken()) == (0, [])


def test_young_changes_wait_until_all_is_told_of_them():
    PupilFactory()
    assert seal_trail(now=timezone.now(), patience=20) == 0


def test_a_changed_row_is_named():
    pupils = sealed_pupils()
    id_ = event_of(pupils[1])
    by_owner(PUPILS, "UPDATE TABLE SET surname = 'Other' WHERE pgh_id = %s", id_)
    [problem] = broken()
    assert problem.startswith(f"Pupil: entry {id_} of the trail was changed after ")


def test_a_removed_row_is_named():
    id_ = event_of(sealed_pupils()[1])
    by_owner(PUPILS, "DELETE FROM TABLE WHERE pgh_id = %s", id_)
    [problem] = broken()
    assert f"entry {id_} of the trail was removed" in problem


def test_a_row_put_into_a_gap_is_named():
    first = event_of(sealed_pupils(1)[0])
    gap = event_of(PupilFactory())
    by_owner(PUPILS, "UPDATE TABLE SET pgh_id = pgh_id + 50 WHERE pgh_id = %s", gap)
    seal()
    like_it = "to_jsonb(e) || jsonb_build_object('pgh_id', %s)"
    by_owner(
        PUPILS,
        "INSERT INTO TABLE SELECT other.* FROM TABLE e,"
        f" jsonb_populate_record(NULL::TABLE, {like_it}) other WHERE e.pgh_id = %s",
        gap,
        first,
    )
    [problem] = broken()
    assert f"entry {gap} of the trail was inserted" in problem


def test_another_person_under_a_change_is_found():
    with pghistory.context(user="one"):
        pupil = PupilFactory()
    seal()
    by_owner(
        "pghistory_context",
        'UPDATE TABLE SET metadata = metadata || \'{"user": "another"}\' WHERE id ='
        f" (SELECT pgh_context_id FROM {PUPILS} WHERE pgh_id = %s)",
        event_of(pupil),
    )
    assert any(f"entry {event_of(pupil)} " in problem for problem in broken())


def test_a_changed_seal_breaks_the_chain():
    sealed_pupils()
    other = "set_byte(hashes, 0, 255 - get_byte(hashes, 0))"
    by_owner(SEALS, f"UPDATE TABLE SET hashes = {other} WHERE number = 1")
    assert broken()[0].startswith("Seal 1 ")
    assert "it is not as it was made" in broken()[0]


def test_a_removed_seal_breaks_the_chain():
    sealed_pupils()
    by_owner(SEALS, "DELETE FROM TABLE WHERE number = 2")
    assert any("seals are missing" in problem for problem in broken())


def made_anew():
    """A superuser who knows how: the whole chain once more over the bent rows."""
    by_owner(SEALS, "DELETE FROM TABLE")
    seal()


def test_a_chain_made_anew_is_found_out_by_the_copy_and_the_row_is_named(copy):
    pupils = sealed_pupils()
    id_ = event_of(pupils[2])
    by_owner(PUPILS, "UPDATE TABLE SET surname = 'Other' WHERE pgh_id = %s", id_)
    made_anew()
    assert broken() == []
    found = broken(copy)
    assert any("is another than in the copy" in problem for problem in found)
    assert any(f"entry {id_} of the trail was changed" in problem for problem in found)


def test_the_copy_is_only_added_to_and_forgives_a_broken_off_line(copy):
    sealed_pupils()
    before = copy.read_bytes()
    copy.write_bytes(before[:-20])
    PupilFactory()
    seal()
    assert copy.read_bytes().startswith(before[:-20])
    assert {each.number for each in read_copy(copy)} == set(
        Seal.objects.values_list("number", flat=True)
    )
    assert write_missing(copy) == 0
    assert broken(copy) == []


def test_a_line_taken_out_of_the_copy_is_missed(copy):
    sealed_pupils()
    _, *rest = copy.read_text().splitlines(keepends=True)
    copy.write_text("".join(rest))
    assert "Seal 1 is missing in the copy." in broken(copy)


def test_a_copy_that_cannot_be_written_stops_nothing(copy, caplog):
    copy.parent.write_text("no folder")
    sealed_pupils()
    assert "AUDIT_COPY cannot be written" in caplog.text
    assert broken() == []


def test_a_column_that_comes_later_changes_no_seal():
    sealed_pupils()
    with as_who_connected(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {PUPILS} ADD COLUMN later text DEFAULT 'x'")
    columns = columns_of(Pupil.pgh_event_model)
    hashes = hashes_of(Pupil.pgh_event_model, columns, 0, 10**9, 10)
    sealed = {}
    for each in Seal.objects.filter(kind="schools.pupil"):
        sealed |= each.sealed().by_id
    assert sealed == dict(hashes)


def test_rows_are_sealed_anew_where_a_migration_took_a_column_away(monkeypatch):
    sealed_pupils()
    usual = columns_of(Pupil.pgh_event_model)
    more = sorted([*usual, "gone"])
    by_owner(SEALS, "DELETE FROM TABLE")
    with monkeypatch.context() as then:
        then.setattr(sealing, "columns_of", lambda _: tuple(more))
        seal()
    assert any("the columns gone are gone" in problem for problem in broken())
    seal()
    assert broken() == []
    by_owner(PUPILS, "UPDATE TABLE SET surname = 'Other'")
    assert any("of the trail was changed" in problem for problem in broken())


def test_published_runs_count(copy):
    run = published_run()
    seal()
    found = look_at_trail(copy)
    assert (found.runs, found.broken) == (1, ())
    by_owner("funding_line", "UPDATE TABLE SET amount = amount + 1 WHERE run_id = %s", run.pk)
    assert any("The lines hash to" in problem for problem in broken())


def test_a_run_bent_with_its_lines_differs_from_the_trail():
    run = published_run()
    by_owner("funding_run", "UPDATE TABLE SET control_total = 1 WHERE id = %s", run.pk)
    assert any("the audit trail has another control_total" in problem for problem in broken())


def test_a_published_run_that_is_gone_is_missed():
    run = published_run()
    by_owner("funding_run", "UPDATE TABLE SET state = 'draft' WHERE id = %s", run.pk)
    assert any(f"Run {run.pk} was published" in problem for problem in broken())


def test_a_line_of_the_copy_reads_as_it_was_written():
    sealed_pupils()
    for each in Seal.objects.all():
        assert read_line(line_of(each.sealed())) == each.sealed()


@pytest.mark.parametrize("line", ["", "{}", "[1]", "nonsense", '{"ids": [[1, 2]], "hashes": ""}'])
def test_another_line_is_refused(line):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong with it
        read_line(line)


def test_stretches():
    assert list(stretches([])) == []
    assert list(stretches([1, 2, 3, 7, 9, 10])) == [(1, 3), (7, 7), (9, 10)]


def test_the_portal_itself_writes_seals_and_changes_none():
    sealed_pupils()
    for statement in (
        "UPDATE banding_portal_seal SET digest = ''",
        "DELETE FROM banding_portal_seal",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def command(*options):
    out = StringIO()
    call_command("verify_audit", *options, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_says_that_all_is_as_it_was():
    sealed_pupils()
    found = json.loads(command("--json"))
    assert (found["events"] > 0, found["runs"], found["broken"]) == (True, 0, [])
    assert "all as they were" in command()


def test_the_command_names_what_was_changed_and_ends_with_1():
    id_ = event_of(sealed_pupils()[0])
    by_owner(PUPILS, "UPDATE TABLE SET surname = 'Other' WHERE pgh_id = %s", id_)
    with pytest.raises(CommandError):
        command("--json")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_audit", stdout=out, stderr=out)
    assert f"entry {id_} of the trail was changed" in out.getvalue()


def test_the_audit_page_says_when_it_was_checked_and_what_was_found(client):
    client.force_login(person(Role.AUDITOR))
    page = client.get(reverse("audit")).content.decode()
    assert "That has not" in page
    pupils = sealed_pupils()
    check_trail()
    page = client.get(reverse("audit")).content.decode()
    assert "as they were" in page
    by_owner(PUPILS, "UPDATE TABLE SET surname = 'Other' WHERE pgh_id = %s", event_of(pupils[0]))
    assert check_trail().broken
    page = client.get(reverse("audit")).content.decode()
    assert "of the trail was changed" in page
    home = client.get("/").content.decode()
    assert "The audit trail was changed behind the portal’s back" in home
    assert TrailCheck.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_whoever_is_writing_is_waited_for():
    begun, go_on = Event(), Event()

    def write():
        with transaction.atomic():
            PupilFactory()
            begun.set()
            go_on.wait(20)
        connection.close()

    writer = Thread(target=write)
    writer.start()
    begun.wait(20)
    assert writers()
    assert seal_trail(now=timezone.now() + dt.timedelta(minutes=10), patience=0.5) == 0
    assert not Seal.objects.exists()
    go_on.set()
    writer.join()
    assert seal() > 0
    assert (look_at_trail().waiting, broken()) == (0, [])
