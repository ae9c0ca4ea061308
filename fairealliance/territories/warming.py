"""What a server process builds before its first visitor rather than with them waiting."""

import gc

from fairealliance.territories import autocomplete, comparable, stipple


def warm() -> None:
    """About two seconds. Call once per process, after it was forked or before if none will be."""
    autocomplete.warm()
    comparable.warm()
    stipple.background()
    # These tables last as long as the process: the collector need not walk through them again and again.
    gc.collect()
    gc.freeze()
