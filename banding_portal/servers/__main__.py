"""The command line: `python -m banding_portal.servers start | stop | env | exec -- COMMAND`."""

import argparse
import os
import shlex
import signal
import subprocess
import sys

from .both import DATABASE, Servers
from .children import Children
from .demonstration import environment, read_port
from .errors import SetUpError
from .folders import Folders
from .processes import end, is_ours, read_pid


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; a failure is a sentence on standard error."""
    options = _parser().parse_args(arguments)
    servers = Servers()
    try:
        if options.action == "start":
            servers.start()
        elif options.action == "stop":
            stop_portal(servers.folders)
            servers.stop()
        elif options.action == "env":
            _print_environment(servers, options)
        else:
            return _execute(servers, options)
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m banding_portal.servers", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("start", help="start both and leave them running")
    actions.add_parser("stop", help="stop both, and the portal if it runs")
    for name, text in (
        ("env", "print export lines for the running servers"),
        ("exec", "run a command with both, and stop them after unless others use them"),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument("--database", default=DATABASE, help="created when missing")
        action.add_argument("--redis", type=int, default=0, help="number of the database, 0 to 15")
        action.add_argument(
            "--demo", action="store_true", help="with the other settings of the demonstration too"
        )
        if name == "exec":
            action.add_argument("command", nargs="+", metavar="COMMAND")
    return parser


def _settings(servers: Servers, options: argparse.Namespace) -> dict[str, str]:
    found = servers.environment(options.database, options.redis)
    if options.demo:
        port = read_port(os.environ.get("PORT") or "8000")
        found = environment(servers.folders, port, dict(os.environ)) | found
    return found


def _print_environment(servers: Servers, options: argparse.Namespace) -> None:
    for server in (servers.postgres, servers.redis):
        if server and not server.is_running():
            raise SetUpError(
                "The embedded servers aren't running: `python -m banding_portal.servers start`."
            )
    for name, value in _settings(servers, options).items():
        print(f"export {name}={shlex.quote(value)}")


def _execute(servers: Servers, options: argparse.Namespace) -> int:
    with servers.held():
        settings = os.environ | _settings(servers, options)
        # Ctrl-C reaches the command too; wait for it to end, then stop the servers.
        signal.signal(signal.SIGINT, lambda *_: None)
        process = subprocess.Popen(options.command, env=settings)
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        return process.wait()


def stop_portal(folders: Folders) -> None:
    """Stop the portal that `make run` started from this clone, if it runs."""
    pid = read_pid(folders.run / "run.lock")
    if pid and is_ours(pid, "banding_portal.servers.run", folders.clone):
        end(pid, seconds=30)
    Children(folders).end_left_over()


if __name__ == "__main__":
    sys.exit(main())
