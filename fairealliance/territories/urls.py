"""Addresses of the territories room."""

from django.urls import path, register_converter

from fairealliance.territories import downloads, views
from fairealliance.territories.enums import Level


class LevelConverter:
    """One of the levels."""

    regex = "|".join(sorted(Level.values, key=len, reverse=True))

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CodeConverter(LevelConverter):
    """Letters and digits: the hyphen begins the slug."""

    regex = "[0-9A-Za-z]{1,12}"


register_converter(LevelConverter, "level")
register_converter(CodeConverter, "code")

app_name = "territories"
urlpatterns = [
    path("", views.index, name="index"),
    path("suggestions", views.suggestions, name="suggestions"),
    path("<level:level>/<code:code>/chiffres.csv", downloads.figures_csv, name="figures-csv"),
    path("<level:level>/<code:code>/chiffres.json", downloads.figures_json, name="figures-json"),
    path("<level:level>/<code:code>/", views.detail, name="by-code"),
    path("<level:level>/<code:code>-<str:slug>/", views.detail, name="detail"),
]
