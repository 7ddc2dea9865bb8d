"""Fields: each type of variable reads raw data and refuses what it cannot be."""

from assembly.fields.binder import Binder
from assembly.fields.readers import Reader, reader_for

__all__ = ["Binder", "Reader", "reader_for"]
