"""Who owes an answer and has nobody to give it: no one acts here for that organisation, no mail reaches it."""

from collections.abc import Sequence

from fairealliance.introductions.enums import Outcome, Side, StepKind
from fairealliance.introductions.models import Introduction
from fairealliance.organisations.models import Member, Organisation


def of(introductions: Sequence[Introduction]) -> dict[int, list[Organisation]]:
    """By introduction, read with its parties: those that owe and for which nobody acts. One query."""
    owing = {each.pk: _owing(each) for each in introductions}
    numbers = {held.pk for organisations in owing.values() for held in organisations}
    acting = Member.objects.filter(organisation__in=numbers, user__is_active=True).order_by()
    led = set(acting.values_list("organisation", flat=True))
    return {pk: [held for held in organisations if held.pk not in led] for pk, organisations in owing.items()}


def is_unheard(introduction: Introduction) -> bool:
    """Nobody acts for any of those that owe: no reminder can go."""
    return len(of([introduction])[introduction.pk]) == len(_owing(introduction))


def was_reminded(introduction: Introduction) -> bool:
    """Whether a reminder ever reached somebody."""
    return introduction.steps.filter(kind=StepKind.REMINDER, outcome=Outcome.DONE).exists()


def _owing(introduction: Introduction) -> list[Organisation]:
    sides = [introduction.organisation_of(side) for side in Side if introduction.owes(side)]
    return [held for held in sides if held]
