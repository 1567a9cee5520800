"""Making a backup, and restoring one into an empty database (quality.md Q17)."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from banding_portal.backups import programs
from banding_portal.backups.archive import DOCUMENTS, DUMP, pack, sha256_of, unpacked
from banding_portal.backups.counting import contents, other_rows, other_sums, tables
from banding_portal.refusals import RefusalError
from banding_portal.release import release
from banding_portal.seals.checking import look_at_trail


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds. `total` is the published money in pounds, `sha256` that of the file."""

    tables: int
    rows: int
    total: str
    documents: int
    sha256: str

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def make_backup(file: Path, recipient: str) -> Kept:
    """Everything as it is at one moment, while people go on working. Needs the owner."""
    media = Path(settings.MEDIA_ROOT)
    with TemporaryDirectory(dir=file.parent, prefix=".backup-") as name:
        folder = Path(name)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            [snapshot] = cursor.fetchone()
            manifest = contents()
            programs.dump(folder / DUMP, snapshot=snapshot)
        manifest |= {
            "made_at": timezone.now().isoformat(),
            "release": release(),
            "dump_sha256": sha256_of(folder / DUMP),
            "documents": number_of_files(media),
        }
        pack(file, folder, manifest, media, recipient)
    return kept(manifest, file)


def kept(manifest: dict[str, Any], file: Path) -> Kept:
    rows = manifest["rows"]
    return Kept(
        tables=len(rows),
        rows=sum(rows.values()),
        total=manifest["total"],
        documents=manifest["documents"],
        sha256=sha256_of(file),
    )


def number_of_files(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*")) if folder.is_dir() else 0


def restore_backup(file: Path, identity: Path | None) -> Kept:
    """Into the empty database we are connected to as its owner; the portal's role gets its rights.

    Afterwards everything is counted, added up and compared with its seals. Raises RefusalError,
    the database empty as before, where anything differs.
    """
    media = Path(settings.MEDIA_ROOT)
    if tables():
        raise RefusalError(
            f"The database {connection.settings_dict['NAME']} is not empty. A backup is restored "
            "into a new one, never over one that is in use."
        )
    if number_of_files(media):
        raise RefusalError(f"There are documents in {media}. Name an empty folder in MEDIA_ROOT.")
    with unpacked(file, identity) as (folder, manifest):
        refuse_newer(manifest)
        programs.restore(folder / DUMP)
        try:
            refuse_other(other_rows(manifest))
            # Of an older release: what it lacks comes with its migrations.
            call_command("migrate", verbosity=0)
            refuse_other([*other_sums(manifest), *look_at_trail().broken])
        except BaseException:
            empty()
            raise
        if (folder / DOCUMENTS).is_dir():
            shutil.copytree(folder / DOCUMENTS, media, dirs_exist_ok=True)
    return kept(manifest, file)


def refuse_other(problems: list[str]) -> None:
    if problems:
        raise RefusalError(*problems)


def refuse_newer(manifest: dict[str, Any]) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if set(manifest["migrations"]) - known:
        raise RefusalError(
            f"The backup was made by release {manifest['release']}, which is newer than this one."
        )


def empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
