"""The log of gunicorn: who asked for which page, without what they looked for."""

from typing import Any

from gunicorn.glogging import Logger

from banding_portal.quiet import Quiet, quiet


class WebLog(Logger):
    """The name of a pupil in a search stands after the question mark, and in the page before."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.addFilter(Quiet())

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        found = super().atoms(resp, req, environ, request_time)
        path = quiet(environ.get("PATH_INFO") or "-")
        asked = f"{environ['REQUEST_METHOD']} {path} {environ['SERVER_PROTOCOL']}"
        return found | {"r": asked, "U": path, "q": "", "f": "-"}
