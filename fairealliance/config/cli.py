"""`fairealliance COMMAND …`: the product's commands, under the names its users know."""

import os
import sys

from django.core.management import execute_from_command_line

# `import` is a word of Python, and a module name takes no hyphen.
_NAMES = {"import": "import_file"}


def main() -> None:
    """Entry point of the console script."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairealliance.config.settings")
    name, *rest = sys.argv[1:] or ["help"]
    command = _NAMES.get(name, name.replace("-", "_") if not name.startswith("-") else name)
    execute_from_command_line(["fairealliance", command, *rest])
