"""The world is built once a file; what a test does to it is undone."""

import logging

import pytest
from django.db import transaction
from django.http import HttpResponse

from tests.access.world import build_world

MAIL = "Subject: Your return\nTo: pat@example.org\nDate: Thu, 05 Nov 2026 09:00:00 -0000\n\nHello\n"


@pytest.fixture(scope="module")
def built_world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(built_world, known):
    """In the test's own transaction, inside the one the world was built in."""
    for user in built_world.people.values():
        known(user)
    return built_world


@pytest.fixture
def known(db, monkeypatch):
    """`known(user)` keeps a person and their memberships from one request to the next."""
    people = {}
    backend = "allauth.account.auth_backends.AuthenticationBackend.get_user"
    monkeypatch.setattr(backend, lambda self, pk: people.get(pk))
    return lambda user: people.update({user.pk: user})


@pytest.fixture(autouse=True)
def _quick(settings, monkeypatch):
    """Thousands of requests: sessions without a query, no copies of contexts, no tracebacks in
    a log, and refusals without their page, which names roles and nothing else.
    """
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *args, **kw: None)
    monkeypatch.setattr("banding_portal.error_views.render", lambda *args, **kw: refusal())
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def refusal():
    return HttpResponse("This page is for others.", status=403)


@pytest.fixture(autouse=True)
def _demonstration_mail(settings, tmp_path):
    """The demonstration's own pages are there too."""
    (tmp_path / "mail.log").write_text(MAIL)
    settings.DEMO, settings.EMAIL_FILE_PATH = True, tmp_path
