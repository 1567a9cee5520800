"""Backup and restore: whole, compared, encrypted, and never over a live database (Q17)."""

import contextlib
import json
import tarfile
from io import StringIO
from pathlib import Path

import pyrage
import pytest
from django.conf import settings as portal
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from banding_portal.backups import archive
from banding_portal.database.owner import as_who_connected
from banding_portal.models import Seal
from banding_portal.seals.sealing import seal_trail
from schools.models import Pupil
from tests.factories import SchoolFactory
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import published

pytestmark = pytest.mark.django_db(transaction=True)


@contextlib.contextmanager
def connected_to(name):
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def on_the_server(statement):
    with as_who_connected(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def empty_database():
    name = f"{connection.settings_dict['NAME']}_restored"
    on_the_server(f'DROP DATABASE IF EXISTS "{name}"')
    on_the_server(f'CREATE DATABASE "{name}" TEMPLATE template0')
    yield name
    # Without FORCE the server itself waits for whoever still leaves, autovacuum too.
    on_the_server(f'DROP DATABASE "{name}"')


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    (tmp_path / "media" / "documents").mkdir(parents=True)
    (tmp_path / "media" / "documents" / "one").write_bytes(b"a document")
    return tmp_path / "media"


@pytest.fixture
def run(media):
    set_value()
    funded_pupil(SchoolFactory(), surname="Backedup")
    run = published()
    seal_trail(now=timezone.now() + timezone.timedelta(minutes=10))
    return run


def backup(file):
    out = StringIO()
    call_command("backup", str(file), "--json", stdout=out)
    return json.loads(out.getvalue())


def restore(database, file, media, *options):
    """Code with which it ended, and what it said."""
    portal.MEDIA_ROOT = str(media)
    out = StringIO()
    with connected_to(database):
        try:
            call_command("restore", str(file), "--json", *options, stdout=out, stderr=out)
        except CommandError:
            return 1, out.getvalue()
    return 0, out.getvalue()


def asked(database, statement):
    with connected_to(database), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_what_is_restored_is_what_was_there(run, tmp_path, empty_database):
    file = tmp_path / "portal.backup"
    kept = backup(file)
    assert kept["total"] == str(run.control_total) != "0.00"
    assert kept["documents"] == 1
    done = restore(empty_database, file, tmp_path / "elsewhere")
    assert (done[0], json.loads(done[1])) == (0, kept)
    assert asked(empty_database, "SELECT surname FROM schools_pupil") == [("Backedup",)]
    assert asked(empty_database, "SELECT count(*) FROM banding_portal_seal") == [
        (Seal.objects.count(),)
    ]
    assert (tmp_path / "elsewhere" / "documents" / "one").read_bytes() == b"a document"
    triggers = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"
    assert asked(empty_database, triggers) == asked(connection.settings_dict["NAME"], triggers)


def test_who_is_signed_in_is_in_no_backup(run, client, django_user_model, tmp_path, empty_database):
    client.force_login(django_user_model.objects.first())
    backup(tmp_path / "portal.backup")
    restore(empty_database, tmp_path / "portal.backup", tmp_path / "elsewhere")
    assert asked(empty_database, "SELECT count(*) FROM django_session") == [(0,)]


def test_a_database_in_use_is_refused(run, tmp_path):
    file = tmp_path / "portal.backup"
    backup(file)
    done = restore(connection.settings_dict["NAME"], file, tmp_path / "elsewhere")
    assert done[0] == 1
    assert "is not empty" in done[1]
    assert Pupil.objects.count() == 1


def test_documents_in_the_way_are_refused(run, media, tmp_path, empty_database):
    file = tmp_path / "portal.backup"
    backup(file)
    done = restore(empty_database, file, media)
    assert done[0] == 1
    assert "There are documents in" in done[1]
    assert asked(empty_database, "SELECT to_regclass('schools_pupil')") == [(None,)]


def bent(file: Path, **changes):
    """The same backup with another manifest."""
    folder = file.parent / "bent"
    with tarfile.open(file) as whole:
        whole.extractall(folder, filter="data")
    manifest = json.loads((folder / archive.MANIFEST).read_text())
    archive.pack(file, folder, manifest | changes, folder / archive.DOCUMENTS, "")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"total": "1.00"}, "What was published adds up to"),
        ({"rows": {"schools_pupil": 2}}, "schools_pupil has 1 rows, and had 2"),
        ({"migrations": ["schools.9999_of_next_year"]}, "newer than this one"),
        ({"dump_sha256": "0" * 64}, "was changed after the backup was made"),
    ],
)
def test_what_differs_is_refused_and_leaves_nothing(run, tmp_path, empty_database, changes, said):
    file = tmp_path / "portal.backup"
    backup(file)
    bent(file, **changes)
    done = restore(empty_database, file, tmp_path / "elsewhere")
    assert done[0] == 1
    assert said in done[1]
    assert asked(empty_database, "SELECT to_regclass('schools_pupil')") == [(None,)]
    assert not (tmp_path / "elsewhere").exists()


@pytest.fixture
def key(settings, tmp_path):
    identity = pyrage.x25519.Identity.generate()
    settings.BACKUP_RECIPIENT = str(identity.to_public())
    (tmp_path / "key").write_text(f"# made for a test\n{identity}\n")
    return tmp_path / "key"


def test_an_encrypted_backup_opens_with_its_key_alone(run, key, tmp_path, empty_database):
    file = tmp_path / "portal.backup"
    backup(file)
    assert b"Backedup" not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    elsewhere = tmp_path / "elsewhere"
    without = restore(empty_database, file, elsewhere)
    assert (without[0], "--identity" in without[1]) == (1, True)
    (tmp_path / "other").write_text(str(pyrage.x25519.Identity.generate()))
    wrong = restore(empty_database, file, elsewhere, "--identity", str(tmp_path / "other"))
    assert (wrong[0], "cannot be opened with this key" in wrong[1]) == (1, True)
    done = restore(empty_database, file, elsewhere, "--identity", str(key))
    assert done[0] == 0, done[1]


def test_without_a_key_it_says_that_the_file_is_in_the_clear(run, tmp_path):
    err = StringIO()
    call_command("backup", str(tmp_path / "portal.backup"), stdout=StringIO(), stderr=err)
    assert "not encrypted" in err.getvalue()


@pytest.mark.parametrize("content", [b"", b"nonsense", b"age-encryption.org/v1 cut off"])
def test_another_file_is_no_backup(tmp_path, empty_database, content, key):
    file = tmp_path / "portal.backup"
    file.write_bytes(content)
    done = restore(empty_database, file, tmp_path / "elsewhere", "--identity", str(key))
    assert done[0] == 1
    assert "damaged" in done[1]


def test_nothing_is_left_where_the_file_cannot_be_written(tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("backup", str(tmp_path / "no folder" / "portal.backup"))
