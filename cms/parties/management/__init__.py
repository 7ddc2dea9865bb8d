"""Management commands of the parties."""
