"""Files that share the end of their rows."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from fairealliance.lib.sent_files import atomic_with_files, write


def _kept(name: str) -> bool:
    return Group.objects.filter(name=name).exists()


@pytest.mark.django_db(transaction=True)
def test_a_hook_that_fails_takes_no_file_from_a_row_that_is_kept(tmp_path) -> None:
    def broken() -> None:
        raise OSError

    path = tmp_path / "kept.pdf"
    with pytest.raises(OSError), atomic_with_files():  # noqa: PT011, PT012 -- ours; the block is what fails
        write(path, b"x")
        Group.objects.create(name="kept")
        transaction.on_commit(broken)
    assert _kept("kept")
    assert path.read_bytes() == b"x"


@pytest.mark.django_db(transaction=True)
def test_what_fails_within_leaves_neither(tmp_path) -> None:
    path = tmp_path / "gone.pdf"
    with pytest.raises(OSError), atomic_with_files():  # noqa: PT011, PT012 -- ours; the block is what fails
        write(path, b"x")
        Group.objects.create(name="gone")
        raise OSError
    assert not _kept("gone")
    assert not path.exists()
