"""French identifiers of organisations: SIREN, SIRET, RNA. Each cleaner returns the bare form or says why not."""

import re
from functools import lru_cache

from stdnum.exceptions import ValidationError
from stdnum.fr import siret as stdnum_siret

_SEPARATORS = re.compile(r"[\s.\-  ]+")
_NINE_DIGITS = re.compile(r"[0-9]{9}\Z")
# Luhn: every other digit counts double, its own digits added up (7 → 14 → 5).
_DOUBLED = str.maketrans("0123456789", "0246813579")
_RNA = re.compile(r"W[0-9A-Z]{3}\d{6}\Z")


def _bare(raw: str) -> str:
    return _SEPARATORS.sub("", raw).upper()


@lru_cache(maxsize=65_536)
def clean_siren(raw: str) -> str:
    """The 9 digits of a SIREN. Raises ValueError with a French message when it cannot be one."""
    bare = raw if _NINE_DIGITS.match(raw) else _bare(raw)
    if not _NINE_DIGITS.match(bare):
        raise ValueError(f"SIREN « {raw} » : il faut 9 chiffres")
    # python-stdnum checks the same key fifteen times slower, which tells on a register of millions.
    if (sum(map(int, bare[::2])) + sum(map(int, bare[1::2].translate(_DOUBLED)))) % 10:
        raise ValueError(f"SIREN « {raw} » : la clé de contrôle est fausse")
    return bare


@lru_cache(maxsize=65_536)
def clean_siret(raw: str) -> str:
    """The 14 digits of a SIRET (La Poste's own key is known to python-stdnum). Raises ValueError in French."""
    bare = _bare(raw)
    if not bare.isdigit() or len(bare) != 14:
        raise ValueError(f"SIRET « {raw} » : il faut 14 chiffres")
    try:
        return str(stdnum_siret.validate(bare))
    except ValidationError as error:
        raise ValueError(f"SIRET « {raw} » : la clé de contrôle est fausse") from error


@lru_cache(maxsize=65_536)
def clean_rna(raw: str) -> str:
    """W followed by three signs of the register and six digits. Raises ValueError in French."""
    bare = _bare(raw)
    if not _RNA.match(bare):
        raise ValueError(f"RNA « {raw} » : il faut W suivi de 9 signes, par exemple W751085568")
    return bare
