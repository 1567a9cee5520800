"""Settings are taken when they make sense and refused with a sentence otherwise."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from banding_portal import environment as env

ROOT = Path(__file__).resolve().parents[2]
NAME = "THE_SETTING"
KEY = "k" * 50
DATABASE, QUEUE = "postgresql://portal@db/portal", "redis://queue/0"


@pytest.fixture
def given(monkeypatch):
    """`given(value, read, …)`: what `read` makes of a value."""

    def _given(value, read, *args, **options):
        monkeypatch.setenv(NAME, value)
        return read(NAME, *args, **options)

    return _given


@pytest.fixture
def refused(given):
    """`refused(value, read, …)`: the sentence with which `read` refuses a value."""

    def _refused(*args, **options):
        with pytest.raises(ImproperlyConfigured) as problem:
            given(*args, **options)
        return str(problem.value)

    return _refused


@pytest.mark.parametrize("word", ["True", "true", "TRUE", "1", "yes", "On"])
def test_flag_is_on(given, word):
    assert given(word, env.flag, False) is True


@pytest.mark.parametrize("word", ["False", "false", "0", "No", "OFF"])
def test_flag_is_off(given, word):
    assert given(word, env.flag, True) is False


@pytest.mark.parametrize("word", ["Ture", "t", "y", "2", "-1", "None", "True "])
def test_flag_misspelt_is_refused(refused, word):
    assert refused(word, env.flag, True) == (
        f"THE_SETTING is “{word}”. It must be True or False (or yes, no, on, off, 1, 0)."
    )


def test_flag_not_set_has_its_default():
    assert [env.flag("NOT_SET_AT_ALL", default) for default in (True, False)] == [True, False]


READERS = {
    "flag": lambda name: env.flag(name, True),
    "text": lambda name: env.text(name, "x"),
    "secret": lambda name: env.secret(name, least=1),
    "number": lambda name: env.whole_number(name, 1),
    "folder": lambda name: env.folder(name, Path("/tmp")),
    "hosts": lambda name: env.hosts(name, ["x"]),
    "origins": env.origins,
    "web_address": lambda name: env.web_address(name, "http://localhost"),
    "sender": lambda name: env.sender(name, "portal@localhost"),
    "database": env.database,
    "queue": env.queue,
    "mail": lambda name: env.mail(name, "consolemail://"),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("value", ["", "  "])
def test_empty_value_is_refused(refused, reader, value):
    expected = "THE_SETTING is empty. Give it a value, or leave it out."
    assert refused(value, READERS[reader]) == expected


@pytest.mark.parametrize("reader", READERS)
def test_quotation_marks_that_were_kept_are_refused(refused, reader):
    sentence = refused('"True"', READERS[reader])
    assert sentence == "THE_SETTING is in quotation marks, which were kept. Remove them."


@pytest.mark.parametrize("reader", ["secret", "database", "queue"])
def test_needed_value_is_missed(reader):
    with pytest.raises(ImproperlyConfigured) as problem:
        READERS[reader]("NOT_SET_AT_ALL")
    assert str(problem.value) == "NOT_SET_AT_ALL is not set. The portal can’t start without it."


def test_text_is_taken_as_it_is(given):
    assert given("$HOME & Sons", env.text, "x") == "$HOME & Sons"
    assert given("881", env.text, like="[0-9]{3}", allowed="three digits") == "881"


@pytest.mark.parametrize("value", ["88", "8811", "8a1", "٨٨١", "881 "])
def test_text_of_another_form_is_refused(refused, value):
    sentence = refused(value, env.text, like="[0-9]{3}", allowed="three digits")
    assert sentence == f"THE_SETTING is “{value}”. It must be three digits."


def test_short_secret_is_refused_and_not_told(given, refused):
    assert given(KEY, env.secret, least=50) == KEY
    assert refused("hush", env.secret, least=50) == (
        "THE_SETTING has 4 characters. It must have 50 or more, chosen at random."
    )


def test_whole_number(given):
    assert [given(value, env.whole_number, 3) for value in ("1", "007", "1000")] == [1, 7, 1000]


@pytest.mark.parametrize("value", ["0", "1001", "-1", "2.0", "two", "1_000", "²", "1" * 40])
def test_number_out_of_bounds_is_refused(refused, value):
    sentence = refused(value, env.whole_number, 3)
    assert sentence == f"THE_SETTING is “{value}”. It must be a whole number from 1 to 1000."


def test_folder_is_a_whole_path(given, refused):
    assert given("/var/lib/portal", env.folder, Path("/")) == "/var/lib/portal"
    assert "beginning with /" in refused("media", env.folder, Path("/"))


def test_hosts_have_commas_between(given):
    found = given("a.example.org, .example.gov.uk,[::1],*", env.hosts, [])
    assert found == ["a.example.org", ".example.gov.uk", "[::1]", "*"]


@pytest.mark.parametrize("value", [",", "a,,b", "https://a.org", "a.org:443", "a.org b.org", "a/"])
def test_nonsense_among_hosts_is_refused(refused, value):
    assert refused(value, env.hosts, ["x"]) == (
        f"THE_SETTING is “{value}”. It must be host names without https://, with commas between."
    )


def test_origins(given):
    assert given("https://a.org,http://*.b.org:8000", env.origins) == [
        "https://a.org",
        "http://*.b.org:8000",
    ]
    assert env.origins("NOT_SET_AT_ALL") == []


@pytest.mark.parametrize("read", [env.origins, lambda name: env.web_address(name, "x")])
@pytest.mark.parametrize(
    "value",
    [
        "a.org",
        "//a.org",
        "ftp://a.org",
        "https://",
        "https://a.org/portal",
        "https://a.org?x=1",
        "https://me@a.org",
        "https://a.org:port",
        "https://a b.org",
        "https://[::1",
    ],
)
def test_nonsense_as_web_address_is_refused(refused, read, value):
    assert refused(value, read).startswith(f"THE_SETTING is “{value}”. It must be a")


def test_web_address(given):
    assert given("https://a.org/", env.web_address, "x") == "https://a.org/"


@pytest.mark.parametrize("value", ["banding@example.gov.uk", "Banding <portal@localhost>"])
def test_sender(given, value):
    assert given(value, env.sender, "x@localhost") == value


@pytest.mark.parametrize("value", ["Banding portal", "banding@", "Banding <>", "a b@example.org"])
def test_nonsense_as_sender_is_refused(refused, value):
    assert refused(value, env.sender, "x@localhost") == (
        f"THE_SETTING is “{value}”. It must be an address like Banding <banding@example.gov.uk>."
    )


def test_database(given):
    found = given("postgres://me:secret@db:5433/portal", env.database)
    wanted = {"ENGINE": "django.db.backends.postgresql", "NAME": "portal", "HOST": "db"}
    assert found.items() >= (wanted | {"PORT": 5433, "PASSWORD": "secret"}).items()
    assert given("postgresql:///portal", env.database)["NAME"] == "portal"


@pytest.mark.parametrize(
    "value", ["sqlite:///hush", "mysql://me:hush@db/portal", "postgresql:hush", "hush",
              "postgresql://me:hush@db:port/portal"],
)  # fmt: skip
def test_other_database_is_refused_and_its_password_not_told(refused, value):
    assert refused(value, env.database) == (
        "THE_SETTING is not an address that can be used. It must begin with postgresql:// or "
        "postgres://, and a port must be a number."
    )


def test_database_without_a_name_is_refused(refused):
    sentence = refused("postgresql://me:hush@db/", env.database)
    assert sentence == "THE_SETTING names no database. It ends like this: …:5432/portal"


def test_queue(given, refused):
    assert given("rediss://:secret@q:6380/1", env.queue) == "rediss://:secret@q:6380/1"
    assert "must begin with redis:// or rediss:// or unix://" in refused("reddis://q/1", env.queue)
    assert refused("redis://", env.queue) == "THE_SETTING names no host after redis://"
    assert given("unix:///run/a.sock?db=1", env.queue) == "unix:///run/a.sock?db=1"
    for nonsense in ("unix://", "unix://run/a.sock"):
        assert "names no file after unix://, like unix:///run/a.sock" in refused(
            nonsense, env.queue
        )


def test_mail(given):
    found = given("smtp+tls://me:secret@mail.example.org:587", env.mail, "x")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == (
        "mail.example.org",
        587,
        True,
    )
    assert given("consolemail://", env.mail, "x")["EMAIL_BACKEND"].endswith("console.EmailBackend")


def test_mail_to_nowhere_is_refused(refused):
    assert refused("smtp://", env.mail, "x") == "THE_SETTING names no host after smtp://"
    assert "must begin with smtp+tls://" in refused("smpt://me:hush@mail", env.mail, "x")
    assert "hush" not in refused("smpt://me:hush@mail", env.mail, "x")


NEEDED = {
    "SECRET_KEY": KEY,
    "DATABASE_URL": DATABASE,
    "REDIS_URL": QUEUE,
    "PORTAL_URL": "https://banding.example.gov.uk",
    "LA_CODE": "881",
    "LA_NAME": "Westmere County Council",
    "EMAIL_URL": "smtp://mail.example.gov.uk",
}


def start(*without, **variables):
    """What `manage.py check` says with these settings alone."""
    given = {name: value for name, value in NEEDED.items() if name not in without}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | given | variables,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr.splitlines()


def test_misspelt_second_factor_stops_the_start_with_a_sentence():
    sentence = (
        "REQUIRE_SECOND_FACTOR is “Ture”. It must be True or False (or yes, no, on, off, 1, 0)."
    )
    assert start(REQUIRE_SECOND_FACTOR="Ture") == (1, [sentence])


MISSED = {
    "SECRET_KEY": "sessions and invitations are signed with it",
    "DATABASE_URL": "everything that must last is kept there",
    "REDIS_URL": "work in the background waits there",
    "PORTAL_URL": "links in emails begin with it",
    "LA_CODE": "it decides whose pupils the authority pays for",
    "LA_NAME": "pages and emails name the authority by it",
    "EMAIL_URL": "invitations, forgotten passwords and reminders go out through it",
}
OWN = ("PORTAL_URL", "LA_CODE", "LA_NAME", "EMAIL_URL")


def test_production_starts_with_what_it_needs():
    assert start() == (0, [])


def test_production_refuses_to_start_and_names_all_that_is_missing_at_once():
    sentences = [f"{name} is not set: {why}." for name, why in MISSED.items()]
    assert start(*NEEDED) == (1, sentences)


@pytest.mark.parametrize("name", OWN)
def test_production_has_no_default_for_whose_portal_it_is(name):
    assert start(name) == (1, [f"{name} is not set: {MISSED[name]}."])


@pytest.mark.parametrize("word", ["DEMO", "DEBUG"])
def test_demonstration_and_development_are_invented_where_nothing_is_said(word):
    assert start(*OWN, **{word: "True"}) == (0, [])


def test_workers_and_the_web_server_refuse_likewise():
    for program in (["celery", "-A", "banding_portal", "report"], ["gunicorn", "--check-config",
                    "banding_portal.wsgi"]):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", *program], cwd=ROOT,
            env={"PATH": os.environ["PATH"]} | NEEDED | {"LA_CODE": "abc"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode != 0
        assert "LA_CODE is “abc”. It must be three digits, like 881." in done.stderr


NONSENSE = {
    "SECRET_KEY": "short",
    "DATABASE_URL": "sqlite:///portal.db",
    "DATABASE_OWNER_URL": "postgresql://portal_owner@/another",
    "REDIS_URL": "queue:6379",
    "ALLOWED_HOSTS": "https://banding.example.gov.uk",
    "CSRF_TRUSTED_ORIGINS": "banding.example.gov.uk",
    "PORTAL_URL": "banding.example.gov.uk",
    "LA_CODE": "abc",
    "LA_NAME": "",
    "DATA_PROTECTION_OFFICER": "",
    "EMAIL_URL": "mail.example.gov.uk",
    "DEFAULT_FROM_EMAIL": "Banding portal",
    "MEDIA_ROOT": "media",
    "AUDIT_COPY": "copy.jsonl",
    "BACKUP_RECIPIENT": "age1short",
    "CLAMD_URL": "clamd:3310",
    "REQUIRE_SECOND_FACTOR": "Ture",
    "SSL_REDIRECT": "maybe",
    "DEBUG": "2",
    "DEMO": "flase",
    "CACHE_PREFIX": "two words",
    "CELERY_QUEUE": "two words",
    "WORKER_CONCURRENCY": "0",
    "FILES_KEPT_DAYS": "0",
    "WEBHOOK_HOSTS": "https://ledger.internal",
    "FUNDING_WORD": "<b>",
    "ADJUSTMENT_LIMIT": "-1",
    "CASE_DAYS": "0",
    "SCHOOLS_GIVE_PLANS": "sometimes",
    "MODELLING_PERCENT": "101",
    "LOOKS_UNUSUAL_FROM": "1",
    "QUERIES_KEPT_DAYS": "7",
    "QUERY_DAYS": "0",
    "CALIBRATION_CASES": "2",
    "CALIBRATION_PERCENT": "101",
    "CALIBRATION_DAYS": "0",
    "NOTIFY_API_KEY": "portal-key",
    "NOTIFY_TEMPLATE": "banding",
    "NOTIFY_RECEIPTS_TOKEN": "short",
    "NOTIFY_URL": "api.notifications.service.gov.uk",
    "TRUSTED_PROXIES": "10",
    "PORT": "eighty",
    "WEB_CONCURRENCY": "-3",
}


@pytest.mark.parametrize("name", NONSENSE)
def test_each_setting_refuses_nonsense(monkeypatch, name):
    """The settings are read anew; the sentence names the setting first."""
    monkeypatch.setenv(name, NONSENSE[name])
    with pytest.raises(ImproperlyConfigured) as problem:
        runpy.run_path(str(ROOT / "banding_portal" / "settings.py"))
    assert re.fullmatch(rf"{name} \S[^\n]+", str(problem.value))


def example():
    lines = (ROOT / ".env.example").read_text().splitlines()
    return [line.partition("=")[0] for line in lines if line and not line.startswith("#")]


def test_example_lists_every_setting_once():
    settings = (ROOT / "banding_portal" / "settings.py").read_text()
    asked = set(re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', settings))
    started_with = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "Procfile").read_text()))
    assert sorted(example()) == sorted(asked | started_with)
    assert asked == set(NONSENSE)


def test_example_can_be_read_by_a_shell_and_starts_the_portal():
    code = (
        "from banding_portal import settings as s; print(s.LA_NAME, s.DEFAULT_FROM_EMAIL, "
        "s.EMAIL_HOST, s.DATABASES['default']['NAME'], sep='|')"
    )
    script = 'set -aeu; . ./.env.example; SECRET_KEY=$1; exec "$2" -c "$3"'
    done = subprocess.run(
        ["sh", "-c", script, "sh", KEY, sys.executable, code], cwd=ROOT,
        env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == (
        (
            "Westmere County Council|Banding portal <banding@example.gov.uk>"
            "|mail.example.gov.uk|portal\n"
        ),
        "",
    )
