"""What `check_database` says of an installation, each thing wrong by itself."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from banding_portal.database.checking import problems_of_database
from banding_portal.database.owner import as_who_connected
from banding_portal.database.rights import secure
from banding_portal.servers.postgres import PORTAL_ROLE
from tests.clock import SEARCH_PATH
from tests.databases import has_two_roles

pytestmark = pytest.mark.django_db

SWITCH = """CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name)
  RETURNS boolean LANGUAGE sql AS 'SELECT true'"""


@pytest.fixture(autouse=True)
def _two_roles(db):
    if not has_two_roles():
        pytest.skip("This server has one role only.")


def test_embedded_server_is_as_it_should_be(capsys):
    assert problems_of_database() == []
    call_command("check_database")
    assert "as they should be" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("GRANT UPDATE ON schools_pupilevent TO portal_web", "schools_pupilevent: the portal may"),
        ("REVOKE SELECT ON schools_pupil FROM portal_web", "schools_pupil: the portal needs SEL"),
        ("GRANT TRUNCATE ON funding_line TO PUBLIC", "funding_line: the portal may TRUNCATE"),
        ("GRANT CREATE ON SCHEMA public TO portal_web", "can make tables"),
        ("ALTER TABLE funding_line DISABLE TRIGGER USER", "Triggers are disabled: pgtrigger_pub"),
        ("ALTER FUNCTION _pgh_attach_context() SECURITY INVOKER", "1 trigger functions do not"),
        (SWITCH, "lifts every trigger"),
    ],
)
def test_each_thing_wrong_is_said(statement, said):
    with as_who_connected(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert any(said in problem for problem in problems_of_database()), problems_of_database()
    with pytest.raises(CommandError, match="1 problem"):
        call_command("check_database")


def test_one_role_for_everything_is_said():
    with as_who_connected():
        [owns, *_] = problems_of_database()
    assert "owns" in owns
    assert "a role of its own" in owns


def test_migrating_sets_it_right():
    with as_who_connected(), connection.cursor() as cursor:
        cursor.execute("GRANT ALL ON schools_pupilevent, funding_line TO portal_web, PUBLIC")
        cursor.execute("GRANT CREATE ON SCHEMA public TO PUBLIC")
    assert problems_of_database()
    with as_who_connected():
        secure(PORTAL_ROLE, f"{SEARCH_PATH}, pg_temp")
    assert problems_of_database() == []
