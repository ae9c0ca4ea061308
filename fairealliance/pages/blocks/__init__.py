"""What a page is made of. One class per block, each with its icon, its template and its preview."""

from fairealliance.pages.blocks.links import CallToActionBlock, WayBlock
from fairealliance.pages.blocks.live import CasesBlock, ChartBlock, EventsBlock, FiguresBlock, MeasureBlock
from fairealliance.pages.blocks.media import DownloadsBlock, PictureBlock
from fairealliance.pages.blocks.publisher import ContactBlock, PublisherBlock
from fairealliance.pages.blocks.text import FULL, AccordionBlock, QuoteBlock, TextBlock

BODY = [
    ("text", TextBlock(features=FULL)),
    ("quote", QuoteBlock()),
    ("picture", PictureBlock()),
    ("downloads", DownloadsBlock()),
    ("accordion", AccordionBlock()),
    ("call_to_action", CallToActionBlock()),
    ("chart", ChartBlock()),
    ("cases", CasesBlock()),
    ("figures", FiguresBlock()),
    ("events", EventsBlock()),
    ("measure", MeasureBlock()),
]
STANDARD = [*BODY, ("publisher", PublisherBlock()), ("contact", ContactBlock())]
WAYS = [("way", WayBlock())]

__all__ = ["BODY", "STANDARD", "WAYS"]
