"""Settings of the test suite: cheap hashing, files in a temporary folder."""

import tempfile
from pathlib import Path

from cms.settings.base import *
from cms.settings.base import DATABASES, STORAGES

SECRET_KEY = "test-only-key-" + "x" * 40
ASSEMBLY_URL = ""
DATA_DIR = Path(tempfile.mkdtemp(prefix="chengzhuan-test-"))
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = STORAGES | {
    name: {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / folder)},
    }
    for name, folder in (("default", "media"), ("private", "private"))
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
# Files are found where they lie; nothing is collected.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in use: WAL, locks and second connections behave as they do there.
    DATABASES["default"]["NAME"] = str(DATA_DIR / "unused.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
