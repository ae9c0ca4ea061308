"""What somebody has not read yet of the threads they may read: a note of theirs, that nobody else sees."""

from django.db.models import BigIntegerField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from fairealliance.accounts.models import User
from fairealliance.introductions.models import Introduction, Message, Reading
from fairealliance.introductions.querysets import IntroductionQuerySet


def mark(introductions: IntroductionQuerySet, user: User) -> IntroductionQuerySet:
    """With `is_unread`: somebody else wrote since they last looked. Without a further query."""
    return introductions.annotate(is_unread=Exists(_unread(user)))


def counts(introductions: IntroductionQuerySet, user: User) -> tuple[int, int]:
    """How many there are, and in how many of them somebody else wrote since they last looked. One query."""
    found = introductions.order_by().aggregate(all=Count("pk"), unread=Count("pk", filter=Q(Exists(_unread(user)))))
    return found["all"], found["unread"]


def due(user: User) -> IntroductionQuerySet:
    """Each to read, to answer, or where their help is awaited."""
    mine = Introduction.objects
    new = mine.of(user).filter(Exists(_unread(user)))
    kinds = [found.order_by().values("pk") for found in (new, mine.owed_by(user), mine.to_help(user))]
    return mine.filter(Q(pk__in=kinds[0]) | Q(pk__in=kinds[1]) | Q(pk__in=kinds[2]))


def up_to(introduction: Introduction, user: User) -> int:
    """The number of the last message they read; zero for none. One query."""
    found = Reading.objects.filter(introduction=introduction, user=user).values_list("up_to", flat=True).first()
    return found or 0


def note(*, by: User, introduction: Introduction, last: int) -> None:
    """They have read up to `last`. Not journalled: reading changes nothing for anybody else. One query."""
    Reading.objects.bulk_create(
        [Reading(introduction=introduction, user=by, up_to=last)],
        update_conflicts=True,
        unique_fields=["introduction", "user"],
        update_fields=["up_to"],
    )


def _unread(user: User) -> "QuerySet[Message]":
    read = Reading.objects.filter(introduction=OuterRef("introduction"), user=user).order_by().values("up_to")
    last = Coalesce(Subquery(read), Value(0), output_field=BigIntegerField())
    return Message.objects.filter(introduction=OuterRef("pk"), pk__gt=last).exclude(by_user=user)
