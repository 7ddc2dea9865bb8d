"""Write all snapshots anew."""

from tests.snapshots import write

write()
