"""Settings from the environment, read so strictly that nonsense stops the start.

Each function takes the name of a variable and what counts when it isn't set; without that it must
be set. Raises ImproperlyConfigured with one sentence: the setting, its value and what is allowed.
A value that may hold a password is never repeated.
"""

import os
import re
from collections.abc import Callable, Collection
from email.utils import parseaddr
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from environ import Env

NEEDED = {
    "SECRET_KEY": "sessions and invitations are signed with it",
    "DATABASE_URL": "everything that must last is kept there",
    "REDIS_URL": "work in the background waits there",
}
NEEDED_IN_PRODUCTION = {
    "PORTAL_URL": "links in emails begin with it",
    "LA_CODE": "it decides whose pupils the authority pays for",
    "LA_NAME": "pages and emails name the authority by it",
    "EMAIL_URL": "invitations, forgotten passwords and reminders go out through it",
}
YES, NO = ("true", "1", "yes", "on"), ("false", "0", "no", "off")
NOUN = {"like": r"[A-Za-z][\w -]{1,29}", "allowed": "a short noun such as top-up or Element 3"}
WORD = {"like": r"[\w.-]+", "allowed": "a word of letters, digits, dots and hyphens"}
HOST = re.compile(r"\*|\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)
DATABASES = ("postgresql", "postgres")
QUEUES = ("redis", "rediss", "unix")
WEB = ("https", "http")
SCANNERS = ("tcp", "unix")
MAIL_SERVERS = ("smtp+tls", "smtp+ssl", "smtps", "smtp")
NOTIFY = "notify"
MAIL = (*MAIL_SERVERS, NOTIFY, "consolemail", "filemail")
UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
NOTIFY_BACKEND = "banding_portal.mails.notify.NotifyBackend"
NOTIFY_API = "https://api.notifications.service.gov.uk"


def refuse_missing(*, production: bool) -> None:
    """Raises ImproperlyConfigured with a sentence for each needed setting that isn't there.

    All at once, so that a first start isn't a guessing game. In production nothing that says
    whose portal it is has a default: it would be the demonstration's, and pay nobody.
    """
    needed = NEEDED | NEEDED_IN_PRODUCTION if production else NEEDED
    missing = [
        f"{name} is not set: {why}." for name, why in needed.items() if name not in os.environ
    ]
    if missing:
        raise ImproperlyConfigured("\n".join(missing))


def text(
    name: str, default: str | None = None, *, like: str = ".+", allowed: str = "any text"
) -> str:
    """A line of text that matches the regular expression `like`; `allowed` says it in words."""
    value = _given(name)
    if value is None:
        return _default(name, default)
    if not re.fullmatch(like, value, re.ASCII):
        raise _refusal(name, value, allowed)
    return value


def secret(name: str, *, least: int, needed: bool = True) -> str:
    """A key of so many characters at least, which is not repeated when it is too short."""
    given = _given(name)
    if given is None and not needed:
        return ""
    value = _default(name, given)
    if len(value) < least:
        raise ImproperlyConfigured(
            f"{name} has {len(value)} characters. It must have {least} or more, chosen at random."
        )
    return value


def flag(name: str, default: bool) -> bool:
    """Yes or no; a word that is neither is refused rather than read as no."""
    value = _given(name)
    if value is None:
        return default
    if value.lower() not in YES + NO:
        raise _refusal(name, value, "True or False (or yes, no, on, off, 1, 0)")
    return value.lower() in YES


def whole_number(name: str, default: int, *, least: int = 1, most: int = 1000) -> int:
    """A number without a sign or a fraction."""
    value = _given(name)
    if value is None:
        return default
    if not (re.fullmatch(r"[0-9]{1,9}", value) and least <= int(value) <= most):
        raise _refusal(name, value, f"a whole number from {least} to {most}")
    return int(value)


def folder(name: str, default: PurePath) -> str:
    """A folder by its whole path."""
    value = _given(name) or str(default)
    if not PurePath(value).is_absolute():
        raise _refusal(name, value, "the whole path of a folder, beginning with /")
    return value


def file(name: str) -> Path | None:
    """A file by its whole path, there or not; None when it isn't set."""
    value = _given(name)
    if value is None:
        return None
    if not PurePath(value).is_absolute() or Path(value).is_dir():
        raise _refusal(name, value, "the whole path of a file, beginning with /")
    return Path(value)


def hosts(name: str, default: Collection[str]) -> list[str]:
    """Names of hosts with commas between, at least one."""
    return _each(name, default, HOST.fullmatch, "host names without https://")


def origins(name: str) -> list[str]:
    """Web addresses with commas between, `*.` for any host below; none when it isn't set."""
    allowed = "addresses like https://banding.example.gov.uk"
    return _each(name, (), lambda each: _is_web_address(each.replace("//*.", "//")), allowed)


def web_address(name: str, default: str) -> str:
    """The address of a site, without anything after the host."""
    value = _given(name) or default
    if not _is_web_address(value):
        raise _refusal(name, value, "an address like https://banding.example.gov.uk, with no path")
    return value


def sender(name: str, default: str) -> str:
    """An email address, with or without the name of whose it is."""
    value = _given(name) or default
    try:
        validate_email(parseaddr(value)[1])
    except ValidationError as error:
        raise _refusal(name, value, "an address like Banding <banding@example.gov.uk>") from error
    return value


def database(name: str) -> dict[str, Any]:
    """What Django needs to know to reach a PostgreSQL database."""
    value = _default(name, _given(name))
    if not _url(name, value, DATABASES).path.strip("/"):
        raise ImproperlyConfigured(f"{name} names no database. It ends like this: …:5432/portal")
    return Env.db_url_config(value)


def owner(name: str, *, of: dict[str, Any]) -> dict[str, Any] | None:
    """How the owner reaches the same database; None when it isn't set."""
    if _given(name) is None:
        return None
    found = database(name)
    if found["NAME"] != of["NAME"]:
        raise ImproperlyConfigured(f"{name} names another database than DATABASE_URL.")
    return {key: found[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}


def queue(name: str) -> str:
    """The address of a Redis or Valkey server, or of its Unix socket."""
    value = _default(name, _given(name))
    url = _url(name, value, QUEUES)
    if url.scheme != "unix":
        return _with_host(name, url).geturl()
    if url.netloc or not url.path:
        raise ImproperlyConfigured(f"{name} names no file after unix://, like unix:///run/a.sock")
    return value


def scanner(name: str) -> str:
    """The address of a virus scanner (clamd) or of its Unix socket; empty when it isn't set."""
    value = _given(name)
    if value is None:
        return ""
    url = _url(name, value, SCANNERS)
    if url.scheme == "unix" and (url.netloc or not url.path):
        raise ImproperlyConfigured(f"{name} names no file after unix://, like unix:///run/c.ctl")
    return value if url.scheme == "unix" else _with_host(name, url).geturl()


def mail(name: str, default: str) -> dict[str, Any]:
    """Django's settings for sending mail; GOV.UK Notify has settings of its own."""
    value = _given(name) or default
    url = _url(name, value, MAIL)
    if url.scheme == NOTIFY:
        return {"EMAIL_BACKEND": NOTIFY_BACKEND}
    if url.scheme in MAIL_SERVERS:
        _with_host(name, url)
    return Env.email_url_config(value)


def notify_key(name: str, *, needed: bool) -> str:
    """An API key of GOV.UK Notify, which is not repeated when it is none; empty where not set."""
    value = _given(name)
    if value is None and not needed:
        return ""
    if not re.fullmatch(rf".+-{UUID}-{UUID}", _default(name, value)):
        raise ImproperlyConfigured(
            f"{name} is no key of GOV.UK Notify. Copy all of it, with its name in front."
        )
    return str(value)


def _given(name: str) -> str | None:
    """What is set; something empty or in quotation marks was meant otherwise."""
    value = os.environ.get(name)
    if value is not None and not value.strip():
        raise ImproperlyConfigured(f"{name} is empty. Give it a value, or leave it out.")
    if value is not None and len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        raise ImproperlyConfigured(f"{name} is in quotation marks, which were kept. Remove them.")
    return value


def _default(name: str, value: str | None) -> str:
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. The portal can’t start without it.")
    return value


def _refusal(name: str, value: str, allowed: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} is “{value}”. It must be {allowed}.")


def _each(
    name: str, default: Collection[str], is_right: Callable[[str], object], allowed: str
) -> list[str]:
    value = _given(name)
    found = list(default) if value is None else [each.strip() for each in value.split(",")]
    for each in found:
        if not is_right(each):
            raise _refusal(name, str(value), f"{allowed}, with commas between")
    return found


def _is_web_address(value: str) -> bool:
    url = _split(value)
    return bool(
        url
        and url.scheme in WEB
        and HOST.fullmatch(url.hostname or "")
        and value.rstrip("/") == f"{url.scheme}://{url.netloc}"
        and not url.username
    )


def _url(name: str, value: str, schemes: Collection[str]) -> SplitResult:
    url = _split(value)
    if url is None or url.scheme not in schemes or not value.startswith(f"{url.scheme}://"):
        listed = " or ".join(f"{scheme}://" for scheme in schemes)
        raise ImproperlyConfigured(
            f"{name} is not an address that can be used. It must begin with {listed}, and a "
            "port must be a number."
        )
    return url


def _with_host(name: str, url: SplitResult) -> SplitResult:
    if not url.hostname:
        raise ImproperlyConfigured(f"{name} names no host after {url.scheme}://")
    return url


def _split(value: str) -> SplitResult | None:
    """None when it is no address at all, or its port no number."""
    try:
        url = urlsplit(value)
        url.port  # noqa: B018 (read to have it checked)
    except ValueError:
        return None
    return url
