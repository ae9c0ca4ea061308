"""When a territory is no more, what hung on it goes to its successor."""

from django.db import IntegrityError, models, transaction

from fairealliance.territories.models import Former, Membership, Territory, Value

# These say what the old territory was, not what happens there: they end with it.
_OWN = (Membership, Former, Value)


def hand_over(*, gone: set[str], ids: dict[str, int]) -> tuple[int, int]:
    """For each ref in `gone`: to its successor when a former code names one, else it stays.

    Returns how many were merged into a successor and how many were kept.
    """
    merged = 0
    for ref in sorted(gone):
        level, code = ref.split(":")
        successor = Former.objects.filter(level=level, code=code).exclude(territory_id=ids[ref]).order_by("pk").first()
        if successor is None:
            continue
        _relink(ids[ref], successor.territory_id)
        Territory.objects.filter(pk=ids[ref]).delete()
        merged += 1
    return merged, len(gone) - merged


def _relink(old: int, new: int) -> None:
    """Points every foreign key to `old`, in whichever room, to `new`; what would then be twice is dropped."""
    for relation in Territory._meta.related_objects:
        model = relation.related_model
        if not isinstance(relation, models.ManyToOneRel) or model in _OWN or isinstance(model, str):
            continue
        name = relation.field.name
        for thing in model._base_manager.filter(**{name: old}):
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=thing.pk).update(**{name: new})
            except IntegrityError:
                thing.delete()
