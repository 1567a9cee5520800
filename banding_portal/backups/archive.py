"""The file of a backup: a manifest, the dump and the documents, encrypted for a key."""

import hashlib
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyrage

from banding_portal.refusals import RefusalError

MANIFEST, DUMP, DOCUMENTS = "manifest.json", "database.dump", "documents"
ENCRYPTED = b"age-encryption.org/"
PIECE = 1024 * 1024


def sha256_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def pack(file: Path, folder: Path, manifest: dict[str, Any], media: Path, recipient: str) -> None:
    """Write the file, whole or not at all; only its owner reads it. `folder` holds the dump."""
    (folder / MANIFEST).write_text(json.dumps(manifest))
    whole = folder / "whole.tar"
    with tarfile.open(whole, "w") as archive:
        archive.add(folder / MANIFEST, MANIFEST)
        archive.add(folder / DUMP, DUMP)
        if media.is_dir():
            archive.add(media, DOCUMENTS)
    if recipient:
        sealed = folder / "whole.age"
        pyrage.encrypt_file(str(whole), str(sealed), [pyrage.x25519.Recipient.from_str(recipient)])
        whole = sealed
    whole.chmod(0o600)
    whole.replace(file)


@contextmanager
def unpacked(file: Path, identity: Path | None) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The folder of what is in the file, and its manifest, as long as the block lasts.

    Raises RefusalError where it is no backup, needs a key, or was changed.
    """
    with TemporaryDirectory(dir=file.parent, prefix=".restoring-") as name:
        folder = Path(name)
        plain = decrypted(file, folder, identity)
        try:
            with tarfile.open(plain) as archive:
                archive.extractall(folder, filter="data")
            manifest = json.loads((folder / MANIFEST).read_text())
        except (tarfile.TarError, OSError, ValueError) as problem:
            raise RefusalError(
                f"{file.name} is no backup of the portal, or is damaged."
            ) from problem
        if sha256_of(folder / DUMP) != manifest["dump_sha256"]:
            raise RefusalError(f"The dump in {file.name} was changed after the backup was made.")
        yield folder, manifest


def decrypted(file: Path, folder: Path, identity: Path | None) -> Path:
    with file.open("rb") as content:
        if content.read(len(ENCRYPTED)) != ENCRYPTED:
            return file
    if identity is None:
        raise RefusalError(f"{file.name} is encrypted. Give the file of its key with --identity.")
    keys = []
    for line in identity.read_text(errors="replace").splitlines():
        with suppress(pyrage.IdentityError):
            keys.append(pyrage.x25519.Identity.from_str(line.strip()))
    if not keys:
        raise RefusalError(
            f"There is no key in {identity.name}: a line that begins AGE-SECRET-KEY."
        )
    plain = folder / "whole.tar"
    try:
        pyrage.decrypt_file(str(file), str(plain), keys)
    except pyrage.DecryptError as problem:
        raise RefusalError(
            f"{file.name} cannot be opened with this key, or is damaged."
        ) from problem
    return plain
