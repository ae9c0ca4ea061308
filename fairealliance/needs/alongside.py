"""What changes with an organisation: needs and offers are found by its name, and go when it goes."""

from collections.abc import Sequence

from fairealliance.lib import bulk
from fairealliance.needs.enums import Visibility
from fairealliance.needs.life import LISTED
from fairealliance.needs.models import Need


def of_organisations(keys: Sequence[str | int]) -> list[tuple[str, str | int]]:
    """(kind, key) of their public needs and offers, whether the organisation is still there or not."""
    listed = ", ".join(["%s"] * len(LISTED))
    return bulk.select_in(
        Need,
        ("side", "id"),
        "organisation_id",
        map(int, keys),
        f"visibility = %s AND status IN ({listed})",
        [Visibility.PUBLIC.value, *(status.value for status in LISTED)],
    )
