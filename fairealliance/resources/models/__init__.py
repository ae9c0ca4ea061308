"""What the room keeps: resources, collections of them, what we know of their links."""

from fairealliance.resources.models.collection import Collection, CollectionItem
from fairealliance.resources.models.link import LinkEvent, LinkRecord
from fairealliance.resources.models.resource import Resource

__all__ = ["Collection", "CollectionItem", "LinkEvent", "LinkRecord", "Resource"]
