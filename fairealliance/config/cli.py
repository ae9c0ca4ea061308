"""`fairealliance COMMAND …`: the product's commands, under the names its users know."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError

from fairealliance.config import environment

# `import` is a word of Python, and a module name takes no hyphen.
_NAMES = {"import": "import_file"}


def main() -> None:
    """Entry point of the console script."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairealliance.config.settings")
    name, *rest = sys.argv[1:] or ["help"]
    command = _NAMES.get(name, name.replace("-", "_") if not name.startswith("-") else name)
    try:
        environment.database_url(environment.home())
        environment.port()
        environment.openid_providers()
    except environment.BadSetting as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"Le dossier d’état « {error.filename} » (FAIREALLIANCE_HOME) ne peut pas servir : {error.strerror}.")
    try:
        execute_from_command_line(["fairealliance", command, *rest])
    except OperationalError as error:
        said = " ".join(str(error).split())
        sys.exit(f"La base de données ne répond pas (DATABASE_URL, ou la place sur le disque) : {said}")
