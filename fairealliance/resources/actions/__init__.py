"""Every write to resources: keyword-only, atomic, permission-checked, journalled."""

from fairealliance.resources.actions.collections import CollectionFacts, delete_collection, save_collection
from fairealliance.resources.actions.edits import FACTS, Stale, create_resource, update_resource
from fairealliance.resources.actions.imports import CORRECTABLE, correct, remove_demo, save_batch
from fairealliance.resources.actions.links import adopt_new_address, ignore_link, recheck_link, save_answer, watch_link

__all__ = [
    "CORRECTABLE",
    "FACTS",
    "CollectionFacts",
    "Stale",
    "adopt_new_address",
    "correct",
    "create_resource",
    "delete_collection",
    "ignore_link",
    "recheck_link",
    "remove_demo",
    "save_answer",
    "save_batch",
    "save_collection",
    "update_resource",
    "watch_link",
]
