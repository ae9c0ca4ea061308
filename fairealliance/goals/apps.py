from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "fairealliance.goals"
    label = "goals"
    verbose_name = "Objectifs et thèmes"
