"""Keys met before, in little memory."""

from hypothesis import given, settings
from hypothesis import strategies as st

from fairealliance.federation import seen as module
from fairealliance.federation.seen import Seen


def naive(batches: list[list[str]]) -> list[dict[int, int]]:
    first: dict[str, int] = {}
    found, line = [], 0
    for batch in batches:
        met = {}
        for index, key in enumerate(batch):
            line += 1
            if key in first:
                met[index] = first[key]
            else:
                first[key] = line
        found.append(met)
    return found


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdefghijklmnop"), max_size=8), max_size=12), st.integers(0, 6))
def test_duplicates_are_those_a_dictionary_would_find(batches, recent):
    before, module._RECENT = module._RECENT, recent
    try:
        seen, line, found = Seen(), 1, []
        for batch in batches:
            found.append(seen.duplicates(batch, range(line, line + len(batch))))
            line += len(batch)
    finally:
        module._RECENT = before
    assert found == naive(batches)
