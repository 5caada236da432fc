import errno
from pathlib import Path

import pytest

from batch.areas.load import export_definitions
from batch.errors import BatchError
from batch.system import office_files
from batch.system.disk import write_file


def test_what_cannot_be_written_out_altogether_is_not_written_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(path: Path, content: bytes) -> None:
        if path.name == "封面.toml":
            raise OSError(errno.ENOSPC, "full")
        write_file(path, content)

    monkeypatch.setattr(office_files, "write_file", fill)
    with pytest.raises(BatchError, match="磁盘已满"):
        export_definitions(tmp_path / "定义")
    assert list((tmp_path / "定义").iterdir()) == []
    monkeypatch.undo()
    assert "封面.toml" in {path.name for path in export_definitions(tmp_path / "定义")}, "there is nothing in the way"
