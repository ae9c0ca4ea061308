"""What the machine tells the product: folders, addresses, secrets. Read once, at start."""

import os
import secrets
from pathlib import Path

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


def port() -> int:
    return int(os.environ.get("PORT") or 8000)


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
