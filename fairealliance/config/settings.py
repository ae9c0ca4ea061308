"""Settings. Everything that differs between machines comes from `environment`."""

import os

import dj_database_url
from csp.constants import NONE, SELF

from fairealliance.config import environment

BASE_DIR = environment.PROJECT
FAIREALLIANCE_HOME = environment.home()
FAIREALLIANCE_CORPUS = environment.corpus()
SEARCH_INDEX = FAIREALLIANCE_HOME / "index"

SECRET_KEY = environment.secret_key(FAIREALLIANCE_HOME)
# Signs the head of the journal; without it, SECRET_KEY does. A key of its own outlives a change of the other.
JOURNAL_KEY = os.environ.get("JOURNAL_KEY", "")
DEBUG = os.environ.get("DJANGO_DEBUG") == "1"
ALLOWED_HOSTS = environment.listed("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", environment.host()])
CSRF_TRUSTED_ORIGINS = environment.listed("CSRF_TRUSTED_ORIGINS", [])
# Behind a proxy that ends TLS, it says so with this header; nothing else is trusted.
BEHIND_PROXY = os.environ.get("BEHIND_TLS_PROXY") == "1"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000

ROOMS = [
    "design",
    "journal",
    "accounts",
    "mailing",
    "audience",
    "provenance",
    "territories",
    "goals",
    "organisations",
    "network",
    "needs",
    "resources",
    "practices",
    "observatory",
    "atlas",
    "roadmap",
    "matching",
    "introductions",
    "search",
    "sheets",
    "reports",
    "kits",
    "federation",
    "contributions",
    "api",
    "pages",
    "staff",
    "demo",
]
WAGTAIL = [
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]
INSTALLED_APPS = [
    # Before allauth, whose templates ours replace.
    "fairealliance.accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    # Ours before Wagtail, whose templates ours may replace.
    *[f"fairealliance.{room}" for room in ROOMS if room != "accounts"],
    "fairealliance.config",
    *WAGTAIL,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # What any answer must bear stands outside of whatever answers.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "fairealliance.config.middleware.ApiAnswersMiddleware",
    "fairealliance.config.middleware.MethodsMiddleware",
    "fairealliance.config.middleware.BadInputMiddleware",
    "fairealliance.config.middleware.LargeBodyMiddleware",
    "fairealliance.staff.middleware.DeskPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "fairealliance.config.access.middleware.AccessMiddleware",
    "fairealliance.config.middleware.LargeNumberMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fairealliance.accounts.middleware.SeenMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fairealliance.config.middleware.AwayMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "fairealliance.audience.middleware.AudienceMiddleware",
]
ROOT_URLCONF = "fairealliance.config.urls"
WSGI_APPLICATION = "fairealliance.config.wsgi.application"
TEMPLATE_OPTIONS: dict[str, object] = {
    "context_processors": [
        "django.template.context_processors.request",
        "django.contrib.messages.context_processors.messages",
    ],
}
TEMPLATES: list[dict[str, object]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "fairealliance"],  # design/components/<name>/ holds html, css and js together
        "APP_DIRS": True,
        "OPTIONS": TEMPLATE_OPTIONS,
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        environment.database_url(FAIREALLIANCE_HOME),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; "
        "PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=0; "  # config/sqlite/log.py copies it back
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA mmap_size=268435456; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; "
        "PRAGMA secure_delete=ON;"  # what is erased is not left in pages that nothing uses any more
    ),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {"ENGINE": "fairealliance.config.sqlite", "OPTIONS": SQLITE_OPTIONS}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "fairealliance.staff.access.SecretariatBackend",
]
LOGIN_URL = "/connexion/"
LOGIN_REDIRECT_URL = "/mon-espace/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Sign-in. Who has an account is never told to whoever asks; limits count digests, no address (accounts/caching.py).
ACCOUNT_ADAPTER = "fairealliance.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "fairealliance.accounts.forms.LoginForm",
    "signup": "fairealliance.accounts.forms.SignupForm",
    "add_email": "fairealliance.accounts.forms.AddEmailForm",
    "change_password": "fairealliance.accounts.forms.ChangePasswordForm",
    "set_password": "fairealliance.accounts.forms.SetPasswordForm",
    "reset_password": "fairealliance.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "fairealliance.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "fairealliance.accounts.forms.ReauthenticateForm",
    "request_login_code": "fairealliance.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "fairealliance.accounts.forms.ConfirmLoginCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that signed up, and there alone
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "fairealliance.accounts.second_proof.SecondProofAdapter"
MFA_FORMS = {
    "authenticate": "fairealliance.accounts.forms.AuthenticateForm",
    "reauthenticate": "fairealliance.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "fairealliance.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "fairealliance.accounts.forms.AddWebAuthnForm",
    "edit_webauthn": "fairealliance.accounts.forms.EditWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Faire Alliance"
MFA_TOTP_PERIOD = 30
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are a little off
# Browsers themselves only allow passkeys over TLS, or on localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_PROXY
SOCIALACCOUNT_ADAPTER = "fairealliance.accounts.provider.SocialAdapter"
SOCIALACCOUNT_FORMS = {"signup": "fairealliance.accounts.forms.SocialSignupForm"}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": environment.openid_providers()}}
SOCIALACCOUNT_QUERY_EMAIL = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an address that another site tells opens no account of ours
SOCIALACCOUNT_STORE_TOKENS = False

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français")]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = FAIREALLIANCE_HOME / "static"
STATICFILES_DIRS = [("design/components", BASE_DIR / "fairealliance" / "design" / "components")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_URL = "/media/"
MEDIA_ROOT = FAIREALLIANCE_HOME / "media"
CACHES = {
    # Each process its own, but for what must be counted once for all (limits, codes already used).
    "default": {"BACKEND": "fairealliance.accounts.caching.RoutedCache"},
    "shared": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_shared_cache",
        "KEY_FUNCTION": "fairealliance.accounts.caching.digest_key",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
}

# How often each process writes the pages it counted.
AUDIENCE_FLUSH_SECONDS = 60.0
# Whether the worker asks the links of resources if they still answer. CHECK_LINKS=0 where nothing may go out.
CHECK_LINKS = os.environ.get("CHECK_LINKS", "1") == "1"

# "long" for what takes minutes (imports): mails, in "default", must not wait behind it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "long"]}}

# Mail: by SMTP when EMAIL_HOST says where, else kept as files in the state folder, so that none is lost.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or 587)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "1") == "1"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = FAIREALLIANCE_HOME / "mail"
EMAIL_TIMEOUT = 20  # seconds: a server of mail that hangs must not hold the worker
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Faire Alliance <ne-pas-repondre@localhost>")

# How long after the end of a proposal or a correction its author's name and address are erased.
CONTRIBUTIONS_KEPT_DAYS = int(os.environ.get("CONTRIBUTIONS_KEPT_DAYS") or 365)

# Where the public reaches the site: mails lead there.
PUBLIC_ADDRESS = (os.environ.get("PUBLIC_ADDRESS") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}").rstrip("/")
WAGTAILADMIN_BASE_URL = PUBLIC_ADDRESS

# The editors' desk. Nothing of it leaves for elsewhere: no avatar, no news of versions, no embedded player.
WAGTAIL_SITE_NAME = "Faire Alliance"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAIL_AUTOSAVE_INTERVAL = 1_500  # milliseconds after the last keystroke
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # addresses that can be dictated
WAGTAIL_DATE_FORMAT, WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y", "%d/%m/%Y %H:%M"
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Files of editors: pictures a browser decodes, never SVG, which may carry script; 40 million dots at most.
WAGTAILIMAGES_IMAGE_MODEL = "pages.HubImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "fairealliance.pages.forms.HubImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 << 20
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "pages.HubDocument"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt", "zip", "json", "ics"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 << 20
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []

# Strict: no inline script or style, no third party.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "fairealliance.config.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# The desk's longest form, a survey of 400 rows of answers, has 7,000 fields. Wagtail asks 10,000 for its own pages.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "fairealliance.config.logs.Line",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "filters": {"told_in_a_line": {"()": "fairealliance.config.logs.Refusals"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["told_in_a_line"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
NINJA_PAGINATION_MAX_LIMIT = 100
