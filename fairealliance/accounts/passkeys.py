"""Where browsers give passkeys: at a named address over TLS, or at `localhost`; never at a bare number."""

from ipaddress import ip_address
from typing import NamedTuple

from django.http import HttpRequest
from django.http.request import split_domain_port


class Passkeys(NamedTuple):
    """`instead`: the same page at `localhost`, where the number is this machine's own."""

    are_here: bool
    instead: str = ""


def at(request: HttpRequest) -> Passkeys:
    """What the address of the page allows."""
    host, port = split_domain_port(request.get_host())
    try:
        number = ip_address(host.strip("[]"))
    except ValueError:
        is_local = host == "localhost" or host.endswith(".localhost")
        return Passkeys(are_here=request.is_secure() or is_local)
    scheme = request.scheme or "http"
    local = f"{scheme}://localhost{f':{port}' if port else ''}{request.get_full_path()}"
    return Passkeys(are_here=False, instead=local if number.is_loopback else "")
