"""Keeping a sheet, so that its link shows the same one later."""

import hashlib
import json
import secrets

from django.db import transaction

from fairealliance.journal.actions import Author, record
from fairealliance.sheets.models import SharedSheet
from fairealliance.sheets.permissions import require_can_share
from fairealliance.sheets.serialise import to_json
from fairealliance.sheets.sheet import Sheet

# What says when the sheet was made, not what it says: two alike made at two moments are one.
_MOMENT = "composed_at"


@transaction.atomic
def share(*, by: Author, sheet: Sheet) -> SharedSheet:
    """Keeps `sheet` under an unguessable token. The same content again is the same sheet, first date kept."""
    require_can_share(by, sheet)
    content = to_json(sheet)
    digest = content_hash(content)
    kept, made = SharedSheet.objects.get_or_create(
        content_hash=digest,
        defaults={
            "token": secrets.token_urlsafe(16),
            "territory_ref": sheet.territory.ref,
            "challenge": sheet.challenge,
            "filters": content["filters"],
            "content": content,
        },
    )
    if made:
        record(by=by, verb="shared", subject=f"sheet:{kept.token}", detail={"territory": kept.territory_ref})
    return kept


def content_hash(content: dict[str, object]) -> str:
    """SHA-256 of what a sheet says."""
    said = {name: value for name, value in content.items() if name != _MOMENT}
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
