"""Behind TLS: every check of `manage.py check --deploy` holds."""

from django.core.exceptions import ImproperlyConfigured

from cms.settings import environment as env
from cms.settings.base import *
from cms.settings.base import SECRET_KEY, STORAGES

if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY 未设置或短于50个字符。")

SECURE_SSL_REDIRECT = True
# TLS ends at a proxy: without one, every request would be led to https for ever.
TRUSTED_PROXIES = env.whole("TRUSTED_PROXIES", 1, 9)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES = STORAGES | {
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
