import threading
from pathlib import Path

import pytest

from ontology.errors import UnreadableFileError
from pipeline.intake.opening import read_whole


def problem(file: Path, limit: int = 100_000_000) -> str:
    with pytest.raises(UnreadableFileError) as raised:
        read_whole(file, limit)
    return raised.value.code


def test_a_file_that_is_being_written_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "gross.csv"
    file.write_bytes(b"x" * 30_000_000)
    done = threading.Event()

    def write() -> None:
        with file.open("ab") as opened:
            while not done.is_set():
                opened.write(b"x")
                opened.flush()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert problem(file) == "file-being-written"
    finally:
        done.set()
        writer.join()
    assert read_whole(file, 100_000_000).startswith(b"xxx")


def test_what_cannot_be_opened_or_is_too_large(tmp_path: Path) -> None:
    file = tmp_path / "klein.csv"
    file.write_bytes(b"x" * 10)
    assert read_whole(file, 10) == b"x" * 10
    assert problem(file, 9) == "file-too-large"
    assert problem(tmp_path) == "file-unreadable"
    assert problem(tmp_path / "fehlt") == "file-unreadable"
