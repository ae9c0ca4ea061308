"""How often one visitor may act before it is refused (a town hall shares one address: be generous)."""

from datetime import timedelta

WINDOW = timedelta(hours=1)
MOST_BEGUN = 40
MOST_LINKS = 10
MOST_LINKS_OF_ONE = 5  # proposal
MOST_LINKS_TO_ONE = 3  # address
MOST_MESSAGES = 40
MOST_FILES = 60
MOST_CORRECTIONS = 60
USUAL_SENT = 10
USUAL_SENT_TO_ONE = 10
USUAL_CORRECTIONS = 15
