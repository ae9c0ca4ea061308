"""French identifiers of organisations: SIREN, SIRET, RNA. Each cleaner returns the bare form or says why not."""

import re
from functools import lru_cache

from stdnum.exceptions import ValidationError
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

_SEPARATORS = re.compile(r"[\s.\-  ]+")
_RNA = re.compile(r"W[0-9A-Z]{3}\d{6}\Z")


def _bare(raw: str) -> str:
    return _SEPARATORS.sub("", raw).upper()


@lru_cache(maxsize=65_536)
def clean_siren(raw: str) -> str:
    """The 9 digits of a SIREN. Raises ValueError with a French message when it cannot be one."""
    bare = _bare(raw)
    if not bare.isdigit() or len(bare) != 9:
        raise ValueError(f"SIREN « {raw} » : il faut 9 chiffres")
    try:
        return str(stdnum_siren.validate(bare))
    except ValidationError as error:
        raise ValueError(f"SIREN « {raw} » : la clé de contrôle est fausse") from error


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
