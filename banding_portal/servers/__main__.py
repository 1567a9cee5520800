"""The command line: `python -m banding_portal.servers stop | exec -- COMMAND`."""

import argparse
import os
import signal
import subprocess
import sys

from .both import DATABASE, Servers
from .demonstration import INVENTED, environment
from .errors import SetUpError
from .folders import Folders
from .ports import read_port
from .processes import end_marked


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; a failure is a sentence on standard error."""
    options = _parser().parse_args(arguments)
    servers = Servers()
    try:
        if options.action == "exec":
            return _execute(servers, options)
        stop_portal(servers.folders)
        servers.stop()
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m banding_portal.servers", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("stop", help="stop both, and the portal if it runs")
    action = actions.add_parser("exec", help="run a command with both running")
    action.add_argument("--database", default=DATABASE, help="created when missing")
    action.add_argument("--redis", type=int, default=0, help="number of the database, 0 to 15")
    action.add_argument("--demo", action="store_true", help="with the demonstration’s settings too")
    action.add_argument("command", nargs="+", metavar="COMMAND")
    return parser


def _execute(servers: Servers, options: argparse.Namespace) -> int:
    with servers.held():
        settings = servers.environment(options.database, options.redis, two_roles=options.demo)
        if options.demo:
            port = read_port(os.environ.get("PORT") or "8000")
            settings |= environment(servers.folders, port, dict(os.environ))
        # Ctrl-C reaches the command too; wait for it to end, then stop the servers.
        signal.signal(signal.SIGINT, lambda *_: None)
        process = subprocess.Popen(options.command, env=INVENTED | os.environ | settings)
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        return process.wait()


def stop_portal(folders: Folders) -> None:
    """Stop the portal that `make run` started from this clone, or what is left of it."""
    try:
        with folders.lock("run.lock", wait=False):
            pass
    except BlockingIOError:  # somebody holds it, so the number in it is theirs
        os.kill(int((folders.run / "run.lock").read_text()), signal.SIGTERM)
        with folders.lock("run.lock"):
            pass  # they have stopped
    end_marked(folders.clone)


if __name__ == "__main__":
    sys.exit(main())
