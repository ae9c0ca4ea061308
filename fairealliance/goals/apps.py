"""Goals, targets and themes; a challenge read into them."""

from django.apps import AppConfig


class GoalsApp(AppConfig):
    name = "fairealliance.goals"
    label = "goals"
