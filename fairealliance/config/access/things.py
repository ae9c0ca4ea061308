"""What routes are about, and the states that matter to who may see or do what."""

from fairealliance.config.access.table import Thing
from fairealliance.contributions.enums import CorrectionStatus, Status
from fairealliance.contributions.life import EDITABLE, TABLE, Verb
from fairealliance.observatory.enums import State
from fairealliance.organisations.enums import ClaimStatus
from fairealliance.roadmap.enums import DraftState

# Whatever has only one state: it is there, or it is not.
TERRITORY = Thing("territory", ("known",))
ORGANISATION = Thing("organisation", ("known",))
RESOURCE = Thing("resource", ("known",))
PRACTICE = Thing("practice", ("known",))
FIGURE = Thing("indicator", ("known",))
SERIES = Thing("series", ("known",))
SHEET = Thing("shared sheet", ("known",))
PROGRAMME = Thing("programme", ("known",))
UPLOAD = Thing("upload", ("known",))
GUIDE = Thing("guide", ("known",))
MERGER = Thing("merger of two organisations", ("known",))
LINK_RECORD = Thing("link", ("known",))

CATALYST = Thing("catalyst", ("listed", "withdrawn", "waiting"))
INVITED = Thing("invitation to be a catalyst", ("known",))
SUPPORT = Thing("request for support", ("own", "offered_to_one", "in_ones_departement", "of_others"))
MEDIATION = Thing("mediation of the State", ("known",))
DESK_SUPPORT = Thing("request for support, at the desk", ("offered", "at_desk"))
COLLECTION = Thing("collection", ("draft", "published"))
STUDY = Thing("study", tuple(State.values))
REPORT = Thing("roadmap report", tuple(DraftState.values))
MEASURE = Thing("measure", ("own", "of_others"))
CORRECTION = Thing("correction", tuple(CorrectionStatus.values))
PERSON = Thing("person", ("of_the_desk", "outside"))
SESSION = Thing("session", ("own", "of_others"))
KEY = Thing("passkey", ("own", "of_others"))

# An organisation, as whoever asks stands to it.
# Alone: nobody else acts for it; else somebody else administers it too.
TEAM = Thing("organisation and its team", ("administered", "alone", "acted_for", "of_others"))
CLAIM = Thing("claim to act for an organisation", ("own", "of_others"))
DESK_CLAIM = Thing("claim at the desk", tuple(ClaimStatus.values))
JUDGED = tuple(status for status in ClaimStatus.values if status != ClaimStatus.CODE)
# Over: one came in since it was sent.
MAIL_LINK = Thing("link that signs in", ("good", "over"))
WAY_OUT = Thing("link at the foot of a letter", ("good",))
LETTER = Thing("letter", ("failed", "sent"))
INVITATION = Thing("invitation to an organisation", ("good", "over"))

# A need or an offer, as whoever asks stands to it; hidden: a draft, closed, by link, of a network one is not of.
NEED = Thing("need", ("public", "of_ones_network", "own", "hidden"))
OFFER = Thing("offer", NEED.states)
OWN_NEED = Thing("need or offer that one leads", ("own", "of_others"))
NEED_LINK = Thing("link to a need or an offer", ("good", "over"))
# Done: it was renewed, met or closed since; over: whoever was asked no longer acts for the organisation.
RENEWAL = Thing("link that renews a need or an offer", ("good", "done", "over"))

# An introduction, as whoever asks stands to it: theirs to answer, asked by their organisation, neither.
# Left: whoever it was sent to acts for that side no longer.
FOLLOW_UP = Thing("link that asks how an alliance is doing", ("good", "over", "left"))
INTRODUCTION = Thing("introduction", ("to_answer", "asked_by_own", "of_others"))

# A proposal by a link that was sent: as it stands, or the link is too old.
PROPOSAL = Thing("proposal", (*Status.values, "expired_link"))
PROPOSED = tuple(Status.values)
RECEIVED = tuple(status for status in Status.values if status != Status.DRAFT)
# The same at the desk, where what looks like spam is put apart.
CASE = Thing("proposal at the desk", tuple(Status.values))
FILE = Thing("file of a proposal", tuple(Status.values))

PAGE = Thing("page", ("live", "draft", "restricted"))
EVENT = Thing("event", ("live", "draft", "restricted"))
PICTURE = Thing("picture", ("open", "restricted"))
DOCUMENT = Thing("document", ("open", "restricted"))


def from_where(verb: Verb) -> tuple[str, ...]:
    """The states in which a proposal takes `verb`."""
    return tuple(TABLE[verb].start)


EDITED = tuple(EDITABLE)
