"""Django's settings for the desk, made for one vault and one port."""

import secrets
from typing import Any

from forethought.desk.door import Door
from forethought.desk.rooms import ROOMS

HOST = "127.0.0.1"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
QUIET = {  # a log could quote what was typed
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"nowhere": {"class": "logging.NullHandler"}},
    "loggers": {name: {"handlers": ["nowhere"], "propagate": False} for name in ("django", "waitress")},
}
APPS = ("django.contrib.staticfiles", "django_htmx", "forethought.desk")
MIDDLEWARE = (
    "forethought.desk.middleware.headers",
    "forethought.desk.middleware.own_address",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "forethought.desk.middleware.plain_errors",
    "forethought.desk.middleware.door",
)
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["forethought.desk.context.frame"]},
    }
]
LARGEST = 2 * 1024 * 1024  # bytes of a form; a draft is far smaller
MOST_FILES = 1_000  # that are dropped at once
LARGEST_UPLOAD = 64 * 1024 * 1024  # bytes of a request: a file to be cleaned, or a backup that is brought back


def settings(door: Door) -> dict[str, Any]:
    """Return the settings; everything secret in them is new for each run and never stored."""
    return {
        "DEBUG": False,
        "DOOR": door,
        "GUIDANCE": _guidance,
        "ROOT_URLCONF": "forethought.desk.urls",
        "INSTALLED_APPS": [*APPS, *(f"forethought.{room}" for room in ROOMS)],
        "TEMPLATES": TEMPLATES,
        "DATABASES": {"default": _database(door)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "STATIC_URL": "/static/",
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_ALLOW_ALL_ORIGINS": False,
        "WHITENOISE_AUTOREFRESH": False,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": LARGEST,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": None,  # thousands of items can be chosen from; LARGEST holds for them
        "DATA_UPLOAD_MAX_NUMBER_FILES": MOST_FILES,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": LARGEST_UPLOAD,
        "FILE_UPLOAD_HANDLERS": ["django.core.files.uploadhandler.MemoryFileUploadHandler"],  # never to a plain file
        "USE_TZ": True,
        "TIME_ZONE": "UTC",  # what is stored; pages show the time of this device
        "LANGUAGE_CODE": "en-gb",
        "USE_I18N": False,
        "LOGGING": QUIET,
        **_guards(door),
    }


def _guidance() -> Any:
    """Return the guidance of the person's bodies, as every room takes it."""
    from forethought.desk.drafts import guidance_for
    from forethought.desk.models import Profile

    return guidance_for(Profile.current().bodies)


def _guards(door: Door) -> dict[str, Any]:
    """Return what keeps others out."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ALLOWED_HOSTS": [HOST, "localhost"],
        "MIDDLEWARE": MIDDLEWARE,
        "CSRF_COOKIE_NAME": f"{door.cookie}-csrf",
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_COOKIE_AGE": None,
        "CSRF_FAILURE_VIEW": "forethought.desk.views.errors.not_from_here",
    }


def _database(door: Door) -> dict[str, Any]:
    return {
        "ENGINE": "forethought.vault.backend",
        "NAME": door.vault.database,
        "OPTIONS": {"key": door.vault.database_key, "transaction_mode": "IMMEDIATE"},
    }
