"""What the index holds: one module per kind of public thing, each making its documents in batches."""

from fairealliance.search.documents import register
from fairealliance.search.sources import organisations, practices, resources, territories


def register_all() -> None:
    """Called once, when the applications are loaded."""
    for kind, module in (
        ("practice", practices),
        ("organisation", organisations),
        ("resource", resources),
        ("territory", territories),
    ):
        register(kind, module.keys, module.build)
