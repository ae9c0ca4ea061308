"""What `data/policy.toml` says, read once."""

import tomllib
from datetime import timedelta
from importlib import resources

_TOLD = tomllib.loads((resources.files(__package__) / "data" / "policy.toml").read_text("utf-8"))
ANSWER_WITHIN = timedelta(days=_TOLD["answer_days"])
REQUESTS_A_DAY: int = _TOLD["requests_a_day"]
OPEN_REQUESTS: int = _TOLD["open_requests"]
