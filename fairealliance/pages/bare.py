"""A picture without what its file says beside it: where it was taken, by whom, with which camera, what was cut off."""

from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image, ImageOps, ImageSequence

_DRAWING = ("transparency", "background", "duration", "loop", "disposal", "blend")
_AS_GOOD: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 92, "progressive": True, "optimize": True},
    "WEBP": {"quality": 92},
    "AVIF": {"quality": 85},
}


def bare(file: BinaryIO) -> bytes:
    """The same picture, upright, drawn anew from its dots and its colour profile; moving ones keep moving."""
    file.seek(0)
    with Image.open(file) as image:
        kind = "JPEG" if image.format == "MPO" else str(image.format)  # MPO: a JPEG that holds two views
        profile = image.info.get("icc_profile")
        moving = kind != "JPEG" and getattr(image, "n_frames", 1) > 1
        frames = [_frame(each) for each in ImageSequence.Iterator(image)] if moving else [_frame(image)]
    told = dict(_AS_GOOD.get(kind, {}))
    if profile:
        told["icc_profile"] = profile
    if moving:
        told |= {"save_all": True, "append_images": frames[1:], **_pace(frames)}
    kept = BytesIO()
    frames[0].save(kept, kind, **told)
    return kept.getvalue()


def _frame(image: Image.Image) -> Image.Image:
    drawn = ImageOps.exif_transpose(image)
    drawn.info = {name: value for name, value in drawn.info.items() if name in _DRAWING}
    return drawn


def _pace(frames: list[Image.Image]) -> dict[str, Any]:
    told: dict[str, Any] = {"loop": frames[0].info.get("loop", 0)}
    durations = [int(each.info.get("duration", 0)) for each in frames]
    return told | {"duration": durations} if any(durations) else told
