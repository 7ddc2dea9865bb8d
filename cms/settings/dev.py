"""The default: one machine, SQLite, local files, a key kept in the data folder."""

from cms.settings.base import *
from cms.settings.base import DATA_DIR, SECRET_KEY
from cms.settings.local_key import kept_key

SECRET_KEY = SECRET_KEY or kept_key(DATA_DIR / "secret.key")
# Files are found where they lie; nothing is collected.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
