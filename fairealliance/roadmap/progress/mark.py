"""Our mark as a picture, for documents that take no drawing: three circles that meet."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw

_SIZE, _FINE = 420, 3
_CIRCLES = ((0.5, 0.33), (0.33, 0.62), (0.67, 0.62))
_RADIUS = 0.29


@lru_cache(maxsize=1)
def picture() -> bytes:
    """PNG, drawn large and brought down so that its lines are smooth."""
    side = _SIZE * _FINE
    image = Image.new("RGBA", (side, side), (255, 255, 255, 255))
    for x, y in _CIRCLES:
        layer = Image.new("RGBA", (side, side), (0, 0, 0, 0))
        box = [(x - _RADIUS) * side, (y - _RADIUS) * side, (x + _RADIUS) * side, (y + _RADIUS) * side]
        ImageDraw.Draw(layer).ellipse(box, fill=(29, 36, 51, 36), outline=(29, 36, 51, 255), width=side // 90)
        image = Image.alpha_composite(image, layer)
    kept = io.BytesIO()
    image.convert("RGB").resize((_SIZE, _SIZE), Image.Resampling.LANCZOS).save(kept, "PNG", optimize=True)
    return kept.getvalue()
