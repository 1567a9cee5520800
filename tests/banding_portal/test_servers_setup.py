"""Set-up: missing prerequisites are named in a sentence, and nothing is built twice."""

import os
import shutil
import subprocess

import pytest

from banding_portal.servers import front_end
from banding_portal.servers.errors import SetUpError
from banding_portal.servers.folders import CLONE
from banding_portal.servers.virtual_environment import complaint, install_complaint

NPM = """#!/bin/sh
echo "$*" >> "{log}"
case "$1" in
  ci) mkdir -p node_modules ;;
  run) mkdir -p static/build ;;
esac
{rest}
"""


def test_old_python_gets_a_sentence():
    assert complaint((3, 10, 4)) == (
        "Python 3.11 or later is needed; this is 3.10. "
        "Install a newer one, or name it: make PYTHON=/path/to/python3.12 run"
    )


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (4, 0, 0)])
def test_new_python_is_welcome(version):
    assert complaint(version) == ""


def test_set_up_without_network_gets_a_sentence():
    log = "WARNING: Retrying after connection broken by 'NewConnectionError(…)'\nERROR: No match"
    assert install_complaint(log) == (
        "The packages could not be fetched: the package index can’t be reached. "
        "The first set-up needs the network; try again with it."
    )


def test_set_up_failing_otherwise_shows_the_end_of_the_log():
    assert install_complaint("a\nb\nERROR: bad hash\n").endswith("a\nb\nERROR: bad hash")


def test_missing_python_gets_a_sentence(tmp_path):
    (tmp_path / "Makefile").symlink_to(CLONE / "Makefile")
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).touch()
    result = subprocess.run(
        ["make", "setup", "PYTHON=python-of-nowhere"],
        cwd=tmp_path, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 2
    assert result.stderr.startswith(
        "Python 3.11 or later is needed; there is no python-of-nowhere here.\n"
    )


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A clone with one source, and an npm that only notes what it is asked."""
    (tmp_path / "static" / "src").mkdir(parents=True)
    (tmp_path / "static" / "src" / "portal.js").write_text("1")
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "package-lock.json").write_text("{}")
    install_npm(tmp_path, monkeypatch)
    return tmp_path


def install_npm(folder, monkeypatch, rest=""):
    program = folder / "npm"
    program.write_text(NPM.format(log=folder / "npm.log", rest=rest))
    program.chmod(0o755)
    monkeypatch.setattr(
        front_end, "npm",
        lambda words, return_completed_process, **how: subprocess.run(
            [program, *words], check=False, **how
        ),
    )  # fmt: skip


def asked(clone) -> list[str]:
    return [line.split()[0] for line in (clone / "npm.log").read_text().splitlines()]


def test_front_end_is_built_once(clone):
    assert front_end.build(clone) is True
    assert front_end.build(clone) is False
    assert asked(clone) == ["ci", "run"]


def test_front_end_is_built_again_after_a_change(clone):
    front_end.build(clone)
    (clone / "static" / "src" / "portal.js").write_text("2")
    assert front_end.build(clone) is True
    assert asked(clone) == ["ci", "run", "run"]


def test_front_end_packages_are_installed_again_after_an_update(clone):
    front_end.build(clone)
    (clone / "package-lock.json").write_text('{"lockfileVersion": 3}')
    front_end.build(clone)
    assert asked(clone) == ["ci", "run", "ci", "run"]


def test_front_end_without_network_gets_a_sentence(clone, monkeypatch):
    install_npm(clone, monkeypatch, rest="echo npm error code ENOTFOUND; exit 1")
    with pytest.raises(SetUpError, match="npm does not reach its registry"):
        front_end.build(clone)


def test_front_end_is_built_without_node_on_the_machine(tmp_path, monkeypatch):
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("sh", "mkdir", "find", "cp", "sed"):
        (programs / name).symlink_to(str(shutil.which(name)))
    monkeypatch.setenv("PATH", str(programs))
    papers = [tmp_path / name for name in front_end.PAPERS]
    for paper in papers:
        paper.symlink_to(CLONE / paper.name)
    # Links one by one: what npm might remove are they, not the packages.
    (tmp_path / "node_modules").mkdir()
    for package in (CLONE / "node_modules").iterdir():
        if package.name != ".stamp":
            (tmp_path / "node_modules" / package.name).symlink_to(package)
    front_end._stamp(tmp_path / "node_modules" / ".stamp", papers)
    (tmp_path / "static" / "src").mkdir(parents=True)
    (tmp_path / "static" / "src" / "portal.scss").write_text("a { b { c: d } }")
    (tmp_path / "static" / "src" / "portal.js").write_text("1")
    assert front_end.build(tmp_path) is True
    built = tmp_path / "static" / "build"
    assert (built / "portal.css").read_text() == "a b{c:d}\n"
    assert (built / "portal.js").read_text() == "1"
    assert (built / "govuk-frontend.min.js").stat().st_size > 1000
