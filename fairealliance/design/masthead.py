"""How many things await whoever is signed in, beside « Mon espace ». Who that is, a higher room knows: it gives the
counter in its `AppConfig.ready`.
"""

from collections.abc import Callable

from django.http import HttpRequest

Counter = Callable[[HttpRequest], int]
_counters: list[Counter] = []


def count_with(counter: Counter) -> None:
    """The one counter there is from now on."""
    _counters[:] = [counter]


def count(request: HttpRequest) -> int:
    """Zero where nobody counts."""
    return sum(counter(request) for counter in _counters)
