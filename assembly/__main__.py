"""Command line: one module of `assembly.commands` a verb."""

import argparse
import importlib
import pkgutil
import sys

from assembly import commands
from assembly.errors import AssemblyError


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; 2 when it refuses, with one line a fault on stderr."""
    parser = argparse.ArgumentParser(prog="python -m assembly")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for entry in pkgutil.iter_modules(commands.__path__):
        module = importlib.import_module(f"assembly.commands.{entry.name}")
        verb = verbs.add_parser(entry.name, help=(module.__doc__ or "").strip())
        module.add_arguments(verb)
        verb.set_defaults(run=module.run)
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except AssemblyError as refusal:
        for fault in refusal.faults:
            sys.stderr.write(f"{fault}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
