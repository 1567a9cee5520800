"""The commands of docs/running.md, taken from the page, and a rehearsal of them on this machine.

`python -m tests.running_page` prints them, for a trial on a bare Debian.
"""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CANNOT = {
    "apt-get": "packages are there, or the test's own",
    "adduser": "the test runs as whoever it is",
    "systemctl": "the test starts what the units say by itself",
    "curl": "the test asks the web server by itself",
}
"""Programs that a rehearsal leaves out, and what it does instead."""
INSTALLING = (
    ".venv/bin/python -m pip",
    "python3 -m venv",
    ".venv/bin/python -m banding_portal.ser",
)
"""Left out too: the clone's packages and style sheet, which `make setup` brought, are used."""


def commands(page: Path = ROOT / "docs" / "running.md") -> list[str]:
    """Each command under “For real”, here documents and continued lines included."""
    text = page.read_text(encoding="utf-8").partition("\n## For real\n")[2].partition("\n## ")[0]
    lines = iter(
        "".join(re.findall(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)).split("\n")
    )
    return [command for command in (whole(line, lines) for line in lines) if command]


def whole(line: str, lines: Iterator[str]) -> str:
    """A line with what belongs to it: the next ones after a backslash, or up to END."""
    while line.endswith("\\"):
        line += "\n" + next(lines)
    if line.endswith("<<'END'"):
        while not line.endswith("\nEND"):
            line += "\n" + next(lines)
    return line


@dataclass
class Rehearsal:
    """The page's commands in a folder that stands for the whole machine.

    Its paths are put into the folder, and its users become whoever runs this; nothing else of a
    command changes.
    """

    folder: Path
    sockets: Path
    """Where the PostgreSQL of this machine listens; its superuser is `postgres`."""
    programs: Path
    redis_url: str
    left_out: list[str] = field(default_factory=list)

    @property
    def portal(self) -> Path:
        return self.folder / "opt" / "banding-portal"

    @property
    def settings(self) -> Path:
        return self.folder / "etc" / "banding-portal.env"

    def prepare(self) -> None:
        """What stands there before the first command, and what systemd would make."""
        for name in ("etc/systemd/system", "var/lib/banding-portal"):
            (self.folder / name).mkdir(parents=True)
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for name in filter(None, names.split("\0")):
            if (ROOT / name).is_file():
                (self.portal / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.portal / name)
        self.bring_compiled()
        (self.portal / ".venv").symlink_to(ROOT / ".venv")
        shutil.copytree(ROOT / "static" / "build", self.portal / "static" / "build")

    def bring_compiled(self) -> None:
        """As old as its source, so each program reads it instead of compiling all anew."""
        for compiled in {file.parent for file in self.portal.rglob("*.py")}:
            made = ROOT / compiled.relative_to(self.portal) / "__pycache__"
            if made.is_dir():
                shutil.copytree(made, compiled / "__pycache__")

    def placed(self, command: str) -> str:
        for path in ("/opt/banding-portal", "/etc/", "/var/lib/banding-portal"):
            command = command.replace(path, f"{self.folder}{path}")
        command = command.replace("?host=/run/postgresql", f"?host={self.sockets}")
        command = command.replace("redis://127.0.0.1:6379/0", self.redis_url)
        command = command.replace("install -m 640 -g banding", "install -m 640")
        as_postgres = f"env PGHOST={self.sockets} PGUSER=postgres {self.programs}/"
        command = command.replace("runuser -u postgres -- ", as_postgres)
        for user in ("banding", "banding_owner"):
            command = command.replace(f"runuser -u {user} -- ", "")
        return command

    def script(self) -> str:
        """Everything but what is left out, as one script that stops at the first failure."""
        kept = ["set -eu"]
        for command in commands():
            if command.split()[0] in CANNOT or command.startswith(INSTALLING):
                self.left_out.append(command)
            else:
                kept.append(self.placed(command))
        return "\n".join(kept)

    def run(self, script: str) -> str:
        """What the script printed; raises CalledProcessError, with what went wrong in its notes."""
        done = subprocess.run(
            ["sh", "-c", script], cwd=self.folder, env=self.environment(),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8"}

    def services(self) -> dict[str, str]:
        """What each unit starts, by its name, as a command for `sh`."""
        found = {}
        for file in sorted((self.folder / "etc/systemd/system").glob("banding-*.service")):
            unit = dict(re.findall(r"^(\w+)=(.*)$", file.read_text(), re.MULTILINE))
            start = unit["ExecStart"].replace(str(self.folder), shlex.quote(str(self.folder)))
            found[file.stem] = (
                f"set -a; . {unit['EnvironmentFile']}; cd {unit['WorkingDirectory']}; exec {start}"
            )
        return found


if __name__ == "__main__":
    print("set -eu", *commands(), sep="\n")
