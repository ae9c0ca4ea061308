"""Resources of the template."""

from collections.abc import Sequence

from fairealliance.federation.columns import Converted
from fairealliance.federation.targets.base import Target
from fairealliance.resources import actions as resources
from fairealliance.resources.rows import ResourceRow


class ResourceTarget(Target):
    """Methods, tools, studies…"""

    def write(self, rows: Converted) -> None:
        made = list(
            map(
                ResourceRow,
                rows.get("key"),
                rows.get("fingerprint", ""),  # stamped below
                rows.get("title"),
                rows.get("kind"),
                rows.get("summary", ""),
                self._producers(rows),
                rows.get("producer_name", ""),
                rows.get("link", ""),
                rows.get("year"),
                rows.get("language", "fr"),
                rows.get("licence", ""),
                rows.get("source_url", ""),
                rows.get("source_passage", ""),
                self.demo(rows),
                rows.get("audience", ()),
                rows.get("stage", ()),
                rows.get("progress", ()),
                rows.get("goals", ()),
                rows.get("targets", ()),
                rows.get("themes", ()),
                rows.get("territories", ()),
            )
        )
        for slug, some in self.by_source(self.stamped(made), rows.get("source")):
            saved = resources.save_batch(by=self.by, source=self.sources.get(slug), rows=some)
            self.tally.add(len(saved.created), len(saved.updated), saved.unchanged)
            self.kept += saved.kept

    def _producers(self, rows: Converted) -> Sequence[int | None]:
        own = self.mapping.source["slug"]
        return [
            self.context.organisation(slug or own, key) if key else None
            for key, slug in zip(rows.get("producer_key", ""), rows.get("source"), strict=True)
        ]
