"""What every test may use."""

import gc

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase, override_settings

from tests.clock import set_clock, set_database_clock
from tests.databases import act_as_the_portal, copy_one, empty_tables
from tests.factories import FrameworkFactory, QuadrantFactory, SchoolFactory, person

# How quickly a busy machine makes and checks examples is no rule of the portal.
hypothesis.settings.register_profile(
    "portal", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("portal")


def pytest_configure() -> None:
    set_clock()
    TransactionTestCase._fixture_teardown = lambda self: empty_tables()  # type: ignore[method-assign]


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes name no test: an archive holds the second it was made, and workers differ in it."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_finish() -> None:
    """What is imported by now stays, so it is not searched for rubbish time and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    """Each process copies the database that the first has migrated."""
    with django_db_blocker.unblock():
        copy_one()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        set_database_clock(connection)
        act_as_the_portal()


@pytest.fixture(scope="session", autouse=True)
def _plain_settings(tmp_path_factory):
    """No manifest of built files, mail in memory, tasks run by the tests that want them.

    No footer asks which figures are public: it would, once a minute, in whichever test comes first.

    Plain http without a second factor, in the demonstration or not: tests that want them say so.
    A cache in each process's own memory: tests side by side would clear each other's in Redis.
    WhiteNoise reads the whole folder for each client, and what an earlier run left there.
    """
    plain_files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES=settings.STORAGES | {"staticfiles": plain_files},
        STATIC_ROOT=tmp_path_factory.mktemp("staticfiles"),
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        SECURE_SSL_REDIRECT=False,
        REQUIRE_SECOND_FACTOR=False,
        PUBLIC_PAGES=[],
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    ):
        yield


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def quadrant(db):
    return QuadrantFactory()


@pytest.fixture
def school(db):
    return SchoolFactory()


@pytest.fixture
def framework(db):
    return FrameworkFactory()


@pytest.fixture
def sign_in(client):
    """`sign_in(role, school=...)` signs a new person in and returns the test client."""

    def _sign_in(role, **place):
        user = person(role, **place)
        client.force_login(user)
        client.user = user
        return client

    return _sign_in
