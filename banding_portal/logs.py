"""Logs as lines of JSON on standard output; never the content of a form or a file."""

import logging.config
from typing import Any

import structlog

from banding_portal.quiet import Quiet, frames, quiet_event


def configure_logs(*, json_lines: bool) -> None:
    """Route Python's and structlog's logs through one formatter."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(frames),
        quiet_event,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if json_lines
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "lines": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processor": renderer,
                    "foreign_pre_chain": shared,
                }
            },
            "filters": {"quiet": {"()": Quiet}},
            "handlers": {
                "out": {
                    "class": "logging.StreamHandler",
                    "formatter": "lines",
                    "filters": ["quiet"],
                }
            },
            "root": {"handlers": ["out"], "level": "INFO"},
        }
    )
