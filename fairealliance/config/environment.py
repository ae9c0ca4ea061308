"""What the machine tells the product: folders, addresses, secrets. Read once, at start."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parents[2]


def home() -> Path:
    """FAIREALLIANCE_HOME, made if missing: the one folder that holds state."""
    folder = Path(os.environ.get("FAIREALLIANCE_HOME") or PROJECT / "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def corpus() -> Path:
    """The folder of real open data (FAIREALLIANCE_CORPUS, default ../shared/data)."""
    return Path(os.environ.get("FAIREALLIANCE_CORPUS") or PROJECT.parent / "shared" / "data").resolve()


def host() -> str:
    return os.environ.get("HOST") or "127.0.0.1"


class BadSetting(Exception):
    """A variable that cannot mean anything; told in one French line."""


def port() -> int:
    told = os.environ.get("PORT") or "8000"
    if not (told.isascii() and told.isdecimal() and 0 < int(told[:6]) < 65536 and len(told) < 6):
        raise BadSetting(f"PORT vaut « {told[:40]} » : il faut un nombre entier, de 1 à 65535.")
    return int(told)


_ENGINES = frozenset({"sqlite", "postgres", "postgresql", "pgsql"})


def database_url(folder: Path) -> str:
    """DATABASE_URL, else SQLite in `folder`. What is wrong is told without the password it may hold."""
    told = (os.environ.get("DATABASE_URL") or "").strip()
    if not told:
        return f"sqlite:///{folder / 'fairealliance.sqlite3'}"
    engine, separator, _rest = told.partition("://")
    try:
        parts = urlsplit(told)
        named = parts.path.strip("/") and (engine == "sqlite" or parts.port is None or parts.port > 0)
    except ValueError:
        named = ""
    if not separator or engine not in _ENGINES or not named:
        raise BadSetting(
            "DATABASE_URL n’est pas une adresse de base de données : "
            "il faut postgres://utilisateur:mot-de-passe@machine:5432/base, ou sqlite:///chemin/du/fichier."
        )
    return told


def openid_providers() -> list[dict[str, object]]:
    """Those that OIDC_PROVIDERS names, each told by OIDC_<NAME>_… (docs/connexion.md), as allauth reads them."""
    return [_openid_provider(name) for name in listed("OIDC_PROVIDERS", [])]


def _openid_provider(name: str) -> dict[str, object]:
    if not (name.isascii() and name.replace("_", "").isalnum() and name == name.lower()):
        raise BadSetting(f"OIDC_PROVIDERS nomme « {name[:40]} » : il faut des lettres minuscules et des chiffres.")

    def told(what: str, default: str | None = None) -> str:
        variable = f"OIDC_{name.upper()}_{what}"
        value = os.environ.get(variable) or default
        if value is None:
            raise BadSetting(f"{variable} manque : OIDC_PROVIDERS nomme « {name} ».")
        return value

    acr = told("ACR", "")
    return {
        "provider_id": name,
        "name": told("LABEL", name),
        "client_id": told("CLIENT_ID"),
        "secret": told("CLIENT_SECRET"),
        "settings": {
            "server_url": told("ISSUER").rstrip("/"),
            "scope": told("SCOPE", "openid profile email").split(),
            "auth_params": {"acr_values": acr} if acr else {},
        },
    }


def secret_key(folder: Path) -> str:
    """DJANGO_SECRET_KEY, else one made on the first start and kept, readable by its owner only."""
    if given := os.environ.get("DJANGO_SECRET_KEY"):
        return given
    path = folder / "secret_key"
    if not path.exists():
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process made it in between
            return path.read_text()
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def listed(name: str, default: list[str]) -> list[str]:
    """A comma-separated variable as a list."""
    value = os.environ.get(name)
    return [item.strip() for item in value.split(",") if item.strip()] if value else default
