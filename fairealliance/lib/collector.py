"""Python's collector of cycles, put aside where it only costs."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """For loops that make millions of tuples and no cycle: looking for cycles among them takes a tenth of the time.

    What cycles others make meanwhile, in this process, is found afterwards.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
