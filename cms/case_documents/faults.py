"""What an assembly finds wrong, for those who may not import it themselves."""

from assembly import AssemblyError, Fault

__all__ = ["AssemblyError", "Fault"]
