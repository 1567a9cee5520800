"""Settings, all from the environment; nonsense stops the start with a sentence."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from banding_portal import environment as env
from banding_portal.logs import configure_logs
from banding_portal.timetable import CELERY_BEAT_SCHEDULE  # noqa: F401
from banding_portal.wiring import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent

# The demonstration: plain http on this machine, no second factor, mail as files.
DEMO = env.flag("DEMO", False)
DEBUG = env.flag("DEBUG", False)
env.refuse_missing(production=not (DEMO or DEBUG))
SECRET_KEY = env.secret("SECRET_KEY", least=50)
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", ["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")
PORTAL_URL = env.web_address("PORTAL_URL", "http://localhost:8000")

LA_CODE = env.text("LA_CODE", "999", like="[0-9]{3}", allowed="three digits, like 881")
LA_NAME = env.text("LA_NAME", "Westmere County Council")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "banding_portal",
    "schools",
    "banding",
    "moderation",
    "funding",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "banding_portal.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "banding_portal.middleware.WithoutNulls",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "banding_portal.middleware.long_address",
    "banding_portal.kept_forms.holding.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "banding_portal.kept_forms.holding.remember_person",
    "banding_portal.sign_in.browsers.remember_browser",
    "banding_portal.middleware.second_factor",
    "django_htmx.middleware.HtmxMiddleware",
    "schools.looks.middleware.keep_looks",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "banding_portal.urls"
WSGI_APPLICATION = "banding_portal.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "banding_portal.context_processors.portal",
            ],
            "builtins": [
                "banding_portal.templatetags.components",
                "banding_portal.templatetags.pictures",
                "banding_portal.templatetags.portal",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"

DATABASES = {"default": env.database("DATABASE_URL")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Who migrates; without it the role of DATABASE_URL does, and owns what it should not.
DATABASE_OWNER = env.owner("DATABASE_OWNER_URL", of=DATABASES["default"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.queue("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "banding_portal.patient_cache.PatientCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
        "KEY_PREFIX": env.text("CACHE_PREFIX", "portal", **env.WORD),
    }
}

# Sign-in

AUTH_USER_MODEL = "schools.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "banding_portal.sign_in.passwords.StrongPassword"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "banding_portal.adapters.AccountAdapter"
MFA_ADAPTER = "banding_portal.adapters.CodeAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# How many proxies of ours stand before the portal: failures count by the client behind them.
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole_number(
    "TRUSTED_PROXIES", 0 if DEMO or DEBUG else 1, least=0, most=9
)
# Only wrong passwords count, and the portal counts them itself (decision 0015): a county comes to
# it by one address, and all of it may sign in in one minute.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}
MFA_RATE_LIMITS = {"webauthn_login": None}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = LA_NAME
# A clock half a minute off is no reason to lock anybody out; each code is good once.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
REQUIRE_SECOND_FACTOR = env.flag("REQUIRE_SECOND_FACTOR", not DEMO)
INVITATION_DAYS = 7
OUR_FORMS = "banding_portal.account_forms"
ACCOUNT_FORMS = {
    "login": f"{OUR_FORMS}.LoginForm",
    "reset_password": f"{OUR_FORMS}.ResetPasswordForm",
    "reset_password_from_key": f"{OUR_FORMS}.ResetPasswordKeyForm",
    "change_password": f"{OUR_FORMS}.ChangePasswordForm",
    "set_password": f"{OUR_FORMS}.SetPasswordForm",
    "reauthenticate": f"{OUR_FORMS}.ConfirmPasswordForm",
}
MFA_FORMS = {
    "authenticate": f"{OUR_FORMS}.AuthenticateForm",
    "reauthenticate": f"{OUR_FORMS}.ConfirmCodeForm",
    "activate_totp": f"{OUR_FORMS}.ActivateTOTPForm",
    "add_webauthn": f"{OUR_FORMS}.AddPasskeyForm",
    "edit_webauthn": f"{OUR_FORMS}.EditPasskeyForm",
}

# Security

SECURE = not (DEMO or DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
PERSON_COOKIE_NAME = "__Host-person" if SECURE else "person"
BROWSER_COOKIE_NAME = "__Host-browser" if SECURE else "browser"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "banding_portal.kept_forms.refused_tokens.token_refused"
# They name pupils, so not in a cookie of their own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "banding_portal.sessions"
SESSION_COOKIE_AGE = int(timedelta(hours=10).total_seconds())
SECURE_SSL_REDIRECT = SECURE and env.flag("SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Language, time, files

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ".local" / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = env.folder("MEDIA_ROOT", BASE_DIR / ".local" / "media")
# The copy of the seals of the audit trail, outside the database
AUDIT_COPY = env.file("AUDIT_COPY")
# For whom backups are encrypted: the public half of an age key
BACKUP_RECIPIENT = env.text(
    "BACKUP_RECIPIENT", "", like="age1[0-9a-z]{58}", allowed="a public key of age, like age1…"
)
# The virus scanner (clamd) that documents pass before anybody reads them; empty is none.
CLAMD_URL = env.scanner("CLAMD_URL")
# Hosts inside the authority's own network that may be told of published runs; others need https.
WEBHOOK_HOSTS = env.hosts("WEBHOOK_HOSTS", [])
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# Mail

EMAIL_TIMEOUT = 20
mail = env.mail("EMAIL_URL", "consolemail://")
vars().update(mail)
by_notify = mail["EMAIL_BACKEND"] == env.NOTIFY_BACKEND
NOTIFY_API_KEY = env.notify_key("NOTIFY_API_KEY", needed=by_notify)
NOTIFY_TEMPLATE = env.text(
    "NOTIFY_TEMPLATE", None if by_notify else "", like=env.UUID, allowed="the ID of a template"
)
receipts_token = env.secret("NOTIFY_RECEIPTS_TOKEN", least=20, needed=False)
NOTIFY_RECEIPTS_TOKEN = receipts_token if by_notify else ""
NOTIFY_URL = env.web_address("NOTIFY_URL", env.NOTIFY_API)
if DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = BASE_DIR / ".local" / "mail"
DEFAULT_FROM_EMAIL = env.sender("DEFAULT_FROM_EMAIL", "Banding portal <portal@localhost>")

# Background work

# Celery has words of its own for a Unix socket and a database on it.
CELERY_BROKER_URL = REDIS_URL
if REDIS_URL.startswith("unix://"):
    CELERY_BROKER_URL = f"redis+socket{REDIS_URL[4:]}".replace("?db=", "?virtual_host=")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_WORKER_CONCURRENCY = env.whole_number("WORKER_CONCURRENCY", 2)
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 3, "socket_timeout": 10}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1}
CELERY_TASK_DEFAULT_QUEUE = env.text("CELERY_QUEUE", "portal", **env.WORD)
CELERY_TIMEZONE = TIME_ZONE
# Days for which the files that people sent in are kept once nothing happens to them any more.
FILES_KEPT_DAYS = env.whole_number("FILES_KEPT_DAYS", 365, least=30, most=3650)
# Days for which a query is kept once it is closed and nobody writes in it any more.
LOOKS_UNUSUAL_FROM = env.whole_number("LOOKS_UNUSUAL_FROM", 200, least=10, most=100_000)
QUERIES_KEPT_DAYS = env.whole_number("QUERIES_KEPT_DAYS", 1095, least=90, most=3650)
# Whom the privacy notice names until the authority writes its own.
DATA_PROTECTION_OFFICER = env.text("DATA_PROTECTION_OFFICER", "")
# What the authority calls the money that a band adds; it stands alone and before “funding”.
FUNDING_WORD = env.text("FUNDING_WORD", "top-up", **env.NOUN)
# Pounds above which an adjustment of a pupil has to be looked at before it is paid; 0 is no limit.
ADJUSTMENT_LIMIT = env.whole_number("ADJUSTMENT_LIMIT", 0, least=0, most=1_000_000)
# Modelling of a sector begins when so many per cent of its pupils are on returns that are in.
MODELLING_PERCENT = env.whole_number("MODELLING_PERCENT", 95, least=50, most=100)
# Working days in which a query of a school is to be answered
QUERY_DAYS = env.whole_number("QUERY_DAYS", 5, least=1, most=60)
# Working days in which a moderator is to begin a case that was given to them
CASE_DAYS = env.whole_number("CASE_DAYS", 10, least=1, most=60)
# Whether schools give documents with the plans of their pupils to those who judge
SCHOOLS_GIVE_PLANS = env.flag("SCHOOLS_GIVE_PLANS", False)
# Of moderators: training cases of a set, per cent of settled bands to reach, days it holds.
CALIBRATION_CASES = env.whole_number("CALIBRATION_CASES", 5, least=3, most=20)
CALIBRATION_PERCENT = env.whole_number("CALIBRATION_PERCENT", 70, least=1, most=100)
CALIBRATION_DAYS = env.whole_number("CALIBRATION_DAYS", 14, least=1, most=400)

# The Procfile and gunicorn read these; nonsense is told here, with the rest.
env.whole_number("PORT", 8000, most=65535)
env.whole_number("WEB_CONCURRENCY", 3)

LOGGING_CONFIG = None
configure_logs(json_lines=not (DEBUG or DEMO))
