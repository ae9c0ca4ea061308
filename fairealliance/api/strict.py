"""Unknown parameters are refused, never ignored; every refusal is JSON, in French, and names the parameter."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.decorators import decorate_view
from ninja.errors import ValidationError
from pydantic import Field

from fairealliance.lib.french_numbers import counted


def _number(bound: float) -> str:
    """A bound as French writes it: 90, and not 90.0."""
    return f"{bound:g}".replace(".", ",") if isinstance(bound, float) else str(bound)


# pydantic joins the values it expected with an English "or".
_FRENCH: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda ctx: _("Ce paramètre est obligatoire."),
    "int_parsing": lambda ctx: _("Il faut un nombre entier."),
    "int_type": lambda ctx: _("Il faut un nombre entier."),
    "int_from_float": lambda ctx: _("Il faut un nombre entier."),
    "int_parsing_size": lambda ctx: _("Ce nombre est trop grand."),
    "float_parsing": lambda ctx: _("Il faut un nombre."),
    "finite_number": lambda ctx: _("Il faut un nombre fini."),
    "bool_parsing": lambda ctx: _("Il faut vrai ou faux (true ou false)."),
    "string_too_long": lambda ctx: _("Au plus %s caractères.") % ctx["max_length"],
    "string_too_short": lambda ctx: _("Au moins %s.") % counted(ctx["min_length"], _("caractère"), _("caractères")),
    "string_pattern_mismatch": lambda ctx: _("La forme attendue est %s.") % ctx["pattern"],
    "too_long": lambda ctx: _("Au plus %s valeurs.") % ctx["max_length"],
    "greater_than_equal": lambda ctx: _("Au moins %s.") % _number(ctx["ge"]),
    "greater_than": lambda ctx: _("Plus de %s.") % _number(ctx["gt"]),
    "less_than_equal": lambda ctx: _("Au plus %s.") % _number(ctx["le"]),
    "literal_error": lambda ctx: _("Valeurs possibles : %s.") % ctx["expected"].replace(" or ", " ou "),
    "enum": lambda ctx: _("Valeurs possibles : %s.") % ctx["expected"].replace(" or ", " ou "),
}


class Problem(Schema):
    """One thing that is wrong."""

    loc: list[str | int] = Field(description="Où : « query » ou « path », puis le nom du paramètre.")
    msg: str = Field(description="Ce qui ne va pas, en français.")
    type: str = Field(description="Le nom de la règle, pour les programmes.")


class Refusal(Schema):
    """Réponse 422 : ce qui ne va pas, paramètre par paramètre."""

    detail: list[Problem]


class Message(Schema):
    """Réponse 400, 404 ou 503 : ce qui s’est passé, en une phrase."""

    detail: str


# 400 is for what no page or program could read: a null character.
REFUSALS: dict[int, type[Schema]] = {400: Message, 422: Refusal}


def refused(name: str, message: str, kind: str = "value_error", where: str = "query") -> ValidationError:
    """A 422 that names the parameter; to be raised."""
    return ValidationError([{"loc": [where, name], "msg": message, "type": kind}])


def only(schema: type[Schema] | None = None) -> Any:
    """Decorate an operation so that parameters that `schema` does not name are a 422."""
    known = sorted(schema.model_fields) if schema else []

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            unknown = sorted(set(request.GET) - set(known))
            if unknown:
                return unknown_parameters(unknown, known)
            return view(request, *args, **kwargs)

        return checked

    return decorate_view(decorate)


def unknown_parameters(names: list[str], known: list[str]) -> JsonResponse:
    """The 422 for `names`, saying which ones there are."""
    message = _("Paramètre inconnu. Paramètres possibles : %s.") % (", ".join(known) or _("aucun"))
    return _answer([{"loc": ["query", name[:60]], "msg": message, "type": "extra_forbidden"} for name in names])


def _answer(problems: list[dict[str, Any]]) -> JsonResponse:
    return JsonResponse({"detail": problems}, status=422, json_dumps_params={"ensure_ascii": False})


def in_french(error: Mapping[str, Any]) -> dict[str, Any]:
    """One validation error with its message in French; the rule's name stays for programs."""
    context = error.get("ctx") or {}
    # The name we give to the group of parameters is ours, not the caller's.
    location = [part for part in error["loc"] if part != "filters"]
    told = _FRENCH.get(error["type"])
    if error["type"] == "value_error" and "error" in context:
        message = str(context["error"])
    else:
        # What has no translation was written by ourselves, in French already.
        message = told(context) if told else str(error["msg"])
    return {"loc": location, "msg": message, "type": error["type"]}


def install(api: NinjaAPI) -> None:
    """Answer validation errors of `api` in French."""

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return _answer([in_french(item) for item in error.errors])
