"""What the index holds: one module per kind of public thing, each making its documents in batches."""

from functools import partial

from fairealliance.needs.enums import Side
from fairealliance.search.documents import register
from fairealliance.search.sources import (
    catalysts,
    measures,
    needs,
    organisations,
    practices,
    resources,
    studies,
    territories,
)


def register_all() -> None:
    """Called once, when the applications are loaded."""
    for kind, module in (
        ("practice", practices),
        ("organisation", organisations),
        ("resource", resources),
        ("territory", territories),
        ("study", studies),
        ("measure", measures),
    ):
        register(kind, module.keys, module.build)
    for side in (Side.NEED, Side.OFFER):
        register(side.value, partial(needs.keys, side), partial(needs.build, side))
    register("catalyst", catalysts.keys, catalysts.build)
