"""What every feed of ours has in common."""

from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

_YEAR = 2026  # a tag: address names a day on which the host was ours


def entry_id(host: str, ref: str) -> str:
    """The name of a thing for ever, whatever becomes of its address. `host` may carry its port."""
    return f"tag:{host.partition(':')[0]},{_YEAR}:{ref}"


class Dated:
    """The newest entry dates a feed; one without entries has not changed since the beginning."""

    items: list[dict[str, Any]]

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=datetime.fromtimestamp(0, UTC))


class DatedAtom(Dated, Atom1Feed):
    pass


class DatedRss(Dated, Rss201rev2Feed):
    pass


class PlainAtom(DatedAtom):
    """Summaries are plain text, not HTML: what an organisation wrote is never read as markup."""

    def add_item_elements(self, handler, item):  # type: ignore[no-untyped-def]  # as in Django
        summary, item = item["description"], {**item, "description": None}
        super().add_item_elements(handler, item)
        if summary:
            handler.addQuickElement("summary", summary, {"type": "text"})
