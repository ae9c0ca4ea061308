"""The documentation page, drawn from the schema itself (no third-party viewer, no inline script)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.api import strict
from fairealliance.api.v1 import api

_TYPES = {
    "string": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "boolean": "vrai ou faux",
    "array": "liste",
}


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters, in French."""
    schema = api.get_openapi_schema()
    operations = [
        {
            "path": path,
            "summary": operation["summary"],
            "description": operation.get("description", ""),
            "parameters": [_parameter(item) for item in operation.get("parameters", [])],
            "example": _EXAMPLES.get(operation["operationId"], ""),
        }
        for path, methods in schema["paths"].items()
        for operation in methods.values()
    ]
    return render(request, "api/docs.html", {"operations": operations})


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """The OpenAPI schema."""
    if request.GET:
        return strict.unknown_parameters(sorted(request.GET), [])
    return JsonResponse(api.get_openapi_schema(), json_dumps_params={"ensure_ascii": False})


def nothing_here(request: HttpRequest) -> JsonResponse:
    """Any other address under /api/: JSON, as a program expects."""
    message = _("Rien à cette adresse. Les adresses de l’API sont décrites sur /api/v1/docs.")
    return JsonResponse({"detail": message}, status=404, json_dumps_params={"ensure_ascii": False})


def _parameter(item: dict[str, Any]) -> dict[str, str | bool]:
    schema = item["schema"]
    variants = [schema, *schema.get("anyOf", [])]
    kind = next((_TYPES[variant["type"]] for variant in variants if variant.get("type") in _TYPES), "texte")
    return {
        "name": item["name"],
        "kind": kind,
        "required": item.get("required", False),
        "description": item.get("description") or schema.get("description", ""),
    }


_EXAMPLES = {
    "roadmap": "/api/v1/roadmaps/alliances-strategiques?date=2021-05-07",
    "territories": "/api/v1/territories?q=saint+etienne",
    "territory": "/api/v1/territories/commune/42218",
    "comparable": "/api/v1/territories/commune/42218/comparable?limit=5",
    "search": "/api/v1/search?q=décrochage+scolaire&kind=practice",
    "sheet": "/api/v1/sheet?territory=commune:42218&challenge=des+jeunes+décrochent+de+l’école",
}
