"""Unknown parameters are refused, never ignored; errors are told in French."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError

_FRENCH: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda ctx: "Ce paramètre est obligatoire.",
    "int_parsing": lambda ctx: "Il faut un nombre entier.",
    "int_type": lambda ctx: "Il faut un nombre entier.",
    "int_from_float": lambda ctx: "Il faut un nombre entier.",
    "int_parsing_size": lambda ctx: "Ce nombre est trop grand.",
    "float_parsing": lambda ctx: "Il faut un nombre.",
    "finite_number": lambda ctx: "Il faut un nombre fini.",
    "bool_parsing": lambda ctx: "Il faut vrai ou faux (true ou false).",
    "string_too_long": lambda ctx: f"Au plus {ctx['max_length']} caractères.",
    "string_too_short": lambda ctx: f"Au moins {ctx['min_length']} caractère(s).",
    "string_pattern_mismatch": lambda ctx: f"La forme attendue est {ctx['pattern']}.",
    "greater_than_equal": lambda ctx: f"Au moins {ctx['ge']}.",
    "greater_than": lambda ctx: f"Plus de {ctx['gt']}.",
    "less_than_equal": lambda ctx: f"Au plus {ctx['le']}.",
    "literal_error": lambda ctx: f"Valeurs possibles : {ctx['expected']}.",
    "enum": lambda ctx: f"Valeurs possibles : {ctx['expected']}.",
    "value_error": lambda ctx: str(ctx["error"]),
    "extra_forbidden": lambda ctx: "Paramètre inconnu.",
}


def refusal(name: str, message: str, kind: str = "value_error") -> ValidationError:
    """A 422 that names the parameter."""
    return ValidationError([{"loc": ["query", name], "msg": message, "type": kind}])


def only(schema: type[Schema]) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Decorate a view (`@decorate_view(only(Filters))`) so that parameters `schema` does not name are a 422."""
    known = set(schema.model_fields)

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            unknown = sorted(set(request.GET) - known)
            if unknown:
                expected = ", ".join(sorted(known)) or "aucun"
                raise ValidationError(
                    [
                        {
                            "loc": ["query", name[:60]],
                            "msg": f"Paramètre inconnu. Paramètres possibles : {expected}.",
                            "type": "extra_forbidden",
                        }
                        for name in unknown
                    ]
                )
            return view(request, *args, **kwargs)

        return checked

    return decorate


def in_french(error: Mapping[str, Any]) -> dict[str, Any]:
    """One validation error with its message in French; the rule's name stays for programs."""
    context = error.get("ctx") or {}
    location = [part for part in error["loc"] if part not in {"filters"}]
    if error["type"] in _FRENCH and (context or "ctx" not in error):
        try:
            message = _FRENCH[error["type"]](context)
        except KeyError:  # raised by ourselves, already in French
            message = str(error["msg"])
    else:
        message = str(error["msg"])
    if error["type"] == "extra_forbidden":
        message = str(error["msg"])
    return {"loc": location, "msg": message, "type": error["type"]}


def install(api: NinjaAPI) -> None:
    """Answer validation errors of `api` in French."""

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return api.create_response(request, {"detail": [in_french(item) for item in error.errors]}, status=422)
