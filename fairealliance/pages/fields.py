"""Fields that editors fill, in the words of the common vocabulary."""

from typing import Any

from django import forms
from django.db import models

from fairealliance.goals.vocabulary import GOALS

CHOICES = [(number, f"{number}. {goal.short}") for number, goal in GOALS.items()]


class GoalsField(models.JSONField):
    """Numbers of goals, ticked in a list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.TypedMultipleChoiceField(
            choices=CHOICES,
            coerce=int,
            required=False,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def value_to_string(self, obj: models.Model) -> Any:
        return self.value_from_object(obj)
