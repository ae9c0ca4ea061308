"""Reading sources."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from fairealliance.provenance.models import Source  # noqa: F401 -- in the base class, as a string


class SourceQuerySet(models.QuerySet["Source"]):
    """Sources, as the page of sources tells them."""

    def real_first(self) -> "SourceQuerySet":
        """Invented content is told last."""
        return self.order_by("is_demo", "label", "pk")
