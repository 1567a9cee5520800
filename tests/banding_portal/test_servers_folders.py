"""Where a clone keeps its servers."""

import os
from pathlib import Path

import pytest

from banding_portal.servers.errors import SetUpError
from banding_portal.servers.folders import LONGEST_SOCKET, SOCKET_NAME, Folders, make_private


def test_sockets_of_a_short_path_are_in_the_clone():
    assert Folders(Path("/srv/portal")).sockets == Path("/srv/portal/.local/sockets")


@pytest.mark.parametrize("clone", ["/srv/" + "long/" * 30 + "portal", "/srv/a, b", "/srv/it's"])
def test_sockets_of_a_path_postgresql_cannot_use_are_elsewhere(clone):
    sockets = Folders(Path(clone)).sockets
    assert not sockets.is_relative_to(clone)
    assert len(os.fsencode(sockets / SOCKET_NAME)) <= LONGEST_SOCKET


def test_two_clones_share_no_folder():
    first, second = (Folders(Path("/srv/" + "long/" * 30 + name)) for name in ("a", "b"))
    for name in ("local", "postgres", "logs", "run", "sockets"):
        assert getattr(first, name) != getattr(second, name)


def test_make_private_leaves_no_way_in_for_others(tmp_path):
    folder = tmp_path / "sockets"
    folder.mkdir(mode=0o777)
    make_private(folder, os.getuid())
    assert folder.stat().st_mode & 0o777 == 0o700


def test_make_private_refuses_a_planted_link(tmp_path):
    (tmp_path / "theirs").mkdir()
    planted = tmp_path / "sockets"
    planted.symlink_to(tmp_path / "theirs")
    with pytest.raises((SetUpError, FileExistsError)):
        make_private(planted, os.getuid())


def test_made_folders_cannot_be_listed_by_others(tmp_path):
    folders = Folders(tmp_path)
    folders.make()
    for folder in (folders.local, folders.run):
        assert folder.stat().st_mode & 0o066 == 0


def test_lock_ends_with_its_block(tmp_path):
    folders = Folders(tmp_path)
    with folders.lock("a.lock"), pytest.raises(BlockingIOError):
        folders.lock("a.lock", wait=False).__enter__()
    with folders.lock("a.lock", wait=False):
        pass
