"""Writing needs and offers: typed, published, led through their life, ended when their time is over."""

from fairealliance.needs.actions.ending import end_due
from fairealliance.needs.actions.moving import move, renew
from fairealliance.needs.actions.writing import Conflict, Incomplete, begin, discard, publish, save

__all__ = ["Conflict", "Incomplete", "begin", "discard", "end_due", "move", "publish", "renew", "save"]
