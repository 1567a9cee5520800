"""Headers on every page and download, cookies and settings of production (quality.md Q3).

Errors, static files and pages without signing in are in tests/banding_portal/test_middleware.py.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.access.rules import RULES
from tests.access.walking import address, send

ROOT = Path(__file__).resolve().parents[2]
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}

# Messages, which name pupils, travel in the session and not in a cookie of their own.
COOKIES = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
# Whose pages the browser shows, as a mark that names nobody (banding_portal/kept_forms/holding.py).
COOKIES |= {settings.PERSON_COOKIE_NAME}
# That somebody has signed in here, likewise (banding_portal/sign_in/browsers.py).
COOKIES |= {settings.BROWSER_COOKIE_NAME}


def production(*arguments: str) -> subprocess.CompletedProcess:
    """A command of the portal as it would run in production, as far as settings go."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DEMO", "DEBUG")}
    secret = "".join(chr(33 + n) for n in range(90) if chr(33 + n) not in "\"'\\$")
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | {"SECRET_KEY": secret},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.django_db
def test_every_page_and_download_has_its_headers(world):
    wrong = []
    for name, rule in RULES.items():
        role = min(rule.roles)
        client = Client()
        client.force_login(world.people[role])
        response = send(client, "get", address(name, rule, world))
        wrong += [f"{name}: {problem}" for problem in problems_of(response)]
    assert wrong == []


def problems_of(response) -> list[str]:
    """What is missing from an answer to somebody signed in."""
    policy = dict(
        part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";")
    )
    found = [name for name, value in POLICY.items() if policy.get(name) != value]
    found += ["unsafe"] if "unsafe" in response["Content-Security-Policy"] else []
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    found += [name for name, value in wanted.items() if response.headers.get(name) != value]
    found += [f"cookie {name}" for name in response.cookies if name not in COOKIES]
    return found + ([] if "camera=()" in response["Permissions-Policy"] else ["permissions"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "banding:template_download",
        "banding:template_upload_marked",
        "banding:template_zip_file",
        "moderation:sample_population",
        "funding:schedule_download",
        "funding:schedule_file",
        "funding:statement_download",
    ],
)
def test_download_is_saved_and_its_name_says_nobody(name, world):
    rule, client = RULES[name], Client()
    client.force_login(world.people[min(rule.roles)])
    disposition = send(client, "get", address(name, rule, world))["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert "Quillon" not in disposition


def test_deployment_check_has_nothing_to_say():
    done = production("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0
    assert "no issues (0 silenced)" in done.stdout + done.stderr


def test_cookies_and_second_factor_of_production():
    names = (
        "SESSION_COOKIE_NAME CSRF_COOKIE_NAME PERSON_COOKIE_NAME BROWSER_COOKIE_NAME "
        "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE "
        "SESSION_COOKIE_HTTPONLY CSRF_COOKIE_HTTPONLY SESSION_COOKIE_DOMAIN CSRF_COOKIE_DOMAIN "
        "SESSION_COOKIE_PATH CSRF_COOKIE_PATH REQUIRE_SECOND_FACTOR DEBUG SECURE_SSL_REDIRECT"
    )
    code = (
        "import json; from django.conf import settings; "
        f"print(json.dumps({{name: getattr(settings, name) for name in '{names}'.split()}}))"
    )
    assert json.loads(production("shell", "--no-imports", "-v", "0", "-c", code).stdout) == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "PERSON_COOKIE_NAME": "__Host-person",
        "BROWSER_COOKIE_NAME": "__Host-browser",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_DOMAIN": None,  # what __Host- demands, with the path "/"
        "CSRF_COOKIE_DOMAIN": None,
        "SESSION_COOKIE_PATH": "/",
        "CSRF_COOKIE_PATH": "/",
        "REQUIRE_SECOND_FACTOR": True,
        "DEBUG": False,
        "SECURE_SSL_REDIRECT": True,
    }


def test_admin_site_is_not_installed():
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
