"""`fairealliance serve`: prepares what is missing, then serves until stopped."""

import socket
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fairealliance.config import environment
from fairealliance.config.prepare import prepare
from fairealliance.config.server import Server


class Command(BaseCommand):
    """What `make run` runs."""

    help = "Prépare la base et l’index si besoin, puis sert le site (HOST, PORT)."
    requires_system_checks: list[str] = []  # prepared below; the checks cost a second and `make check` runs them

    def handle(self, *args: Any, **options: Any) -> None:
        check_address()
        prepare(lambda line: self.stdout.write(line))
        Server().run()


def check_address() -> None:
    """Say in a sentence, before minutes of preparation, that the address cannot be served on."""
    try:
        host, port = environment.host(), environment.port()
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # As gunicorn does: a port that a server just left is not taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except ValueError as error:
        raise CommandError("PORT doit être un nombre, par exemple 8000.") from error
    except OverflowError as error:
        raise CommandError("PORT doit être compris entre 1 et 65535, par exemple 8000.") from error
    except OSError as error:
        raise CommandError(
            f"Impossible d’écouter sur {host}:{port} ({error.strerror}). "
            "Un autre programme l’occupe peut-être : choisissez un autre port, par exemple PORT=8001 make run."
        ) from error
