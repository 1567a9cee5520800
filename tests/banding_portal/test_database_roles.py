"""What the portal's own role cannot do to the database, whoever gets hold of it.

The tests are connected as that role, unless the server has no second one.
"""

import pytest
from django.db import DatabaseError, connection, transaction

from banding_portal.audit_trail.events import event_models
from banding_portal.database import rights
from banding_portal.database.owner import as_who_connected
from banding_portal.roles import Role
from banding_portal.servers.postgres import PORTAL_ROLE
from schools.models import Look, Quadrant
from tests.clock import SEARCH_PATH
from tests.databases import has_two_roles
from tests.factories import PupilFactory, QuadrantFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import published

pytestmark = pytest.mark.django_db
REFUSED = "permission denied|must be owner"
PUBLISHED = "published"


@pytest.fixture(autouse=True)
def _two_roles(db):
    if not has_two_roles():
        pytest.skip("This server has one role only.")


def execute(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def refused(statement, *values, why=REFUSED):
    with pytest.raises(DatabaseError, match=why):
        execute(statement, *values)


def test_role_owns_nothing_and_is_nobody_special():
    [[owned]] = execute("SELECT count(*) FROM pg_class WHERE pg_has_role(relowner, 'USAGE')")
    assert owned == 0
    assert execute("SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls"
                   " FROM pg_roles WHERE rolname = current_user") == [(False,)]  # fmt: skip


@pytest.mark.parametrize("table", [*sorted(rights.event_tables()), "pghistory_context"])
def test_audit_trail_is_only_read(table):
    execute(f"SELECT * FROM {table} LIMIT 1")
    refused(f"DELETE FROM {table}")
    refused(f"TRUNCATE {table}")
    column = "metadata" if table == "pghistory_context" else "pgh_label"
    refused(f"UPDATE {table} SET {column} = {column}")
    refused(f"INSERT INTO {table} SELECT * FROM {table}")


def test_every_table_keeps_its_triggers_and_its_rows():
    for (table,) in execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
        refused(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        refused(f'TRUNCATE "{table}" CASCADE')
        refused(f'DROP TABLE "{table}"')


def test_trail_is_written_all_the_same_and_cannot_be_switched_off():
    quadrant = QuadrantFactory(name="North")
    events = event_models()["schools.quadrant"].objects
    for name, value in (("pgtrigger.ignore", "{%s}"), ("session_replication_role", "replica")):
        written = events.count()
        names = execute("SELECT string_agg(tgname, ',') FROM pg_trigger"
                        " WHERE tgrelid = 'schools_quadrant'::regclass")[0][0]  # fmt: skip
        try:
            execute("SELECT set_config(%s, %s, true)", name, value.replace("%s", names))
        except DatabaseError as problem:
            assert "permission denied" in str(problem)  # noqa: PT017
        Quadrant.objects.filter(pk=quadrant.pk).update(name=f"North {name}")
        assert events.count() == written + 1


def test_what_is_on_record_of_who_did_it_is_not_told_otherwise():
    one, other = "11111111-1111-4111-8111-111111111111", '{"user": "somebody else"}'
    told = (("pghistory.context_metadata", '{"user": "who it was"}'), ("pghistory.context_id", one))
    for name, value in told:
        execute("SELECT set_config(%s, %s, true)", name, value)
    QuadrantFactory()
    execute("SELECT set_config('pghistory.context_metadata', %s, true)", other)
    QuadrantFactory()
    [[metadata]] = execute("SELECT metadata FROM pghistory_context WHERE id = %s", one)
    assert "who it was" in str(metadata)


@pytest.fixture
def run():
    set_value()
    funded_pupil()
    return published()


def test_published_lines_stay_whatever_is_tried(run):
    refused("UPDATE funding_line SET amount = 0")
    refused("DELETE FROM funding_line", why=PUBLISHED)
    refused("UPDATE funding_run SET state = 'draft'", why=PUBLISHED)
    refused("DELETE FROM funding_run", why=PUBLISHED)
    execute("SELECT set_config('pgtrigger.ignore', %s, true)", all_triggers("funding_line"))
    refused("DELETE FROM funding_line", why=PUBLISHED)


def all_triggers(table):
    [[names]] = execute("SELECT string_agg(tgname, ',') FROM pg_trigger"
                        " WHERE tgrelid = %s::regclass", table)  # fmt: skip
    return f"{{{names}}}"


def test_table_of_ones_own_deceives_no_trigger(run):
    execute("CREATE TEMP TABLE funding_run AS SELECT * FROM public.funding_run")
    execute("UPDATE pg_temp.funding_run SET state = 'draft'")
    refused("DELETE FROM public.funding_line", why=PUBLISHED)


def test_who_looked_stays_on_record():
    pupil = PupilFactory()
    Look.objects.create(pupils=[pupil.pk], user=person(Role.AUDITOR))
    refused("DELETE FROM schools_look")
    refused("UPDATE schools_look SET at = now()")


def test_nothing_is_made_in_the_schema():
    refused("CREATE TABLE public.own (id int)", why="permission denied")
    refused("CREATE FUNCTION public.own() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            why="permission denied")  # fmt: skip
    refused("CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name)"
            " RETURNS boolean LANGUAGE sql AS 'SELECT true'", why=REFUSED)  # fmt: skip


def test_owner_sets_right_what_a_migration_made_anew():
    """Each migration of a trigger brings the switch back that lifts it."""
    with as_who_connected():
        execute("CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name)"
                " RETURNS boolean LANGUAGE sql AS 'SELECT true'")  # fmt: skip
        execute("GRANT ALL ON schools_quadrantevent TO PUBLIC")
        rights.secure(PORTAL_ROLE, f"{SEARCH_PATH}, pg_temp")
    assert execute("SELECT public._pgtrigger_should_ignore('any')") == [(False,)]
    refused("DELETE FROM schools_quadrantevent")
