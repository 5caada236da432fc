"""Files opened by LibreOffice and saved again as another kind."""

import subprocess
from pathlib import Path


def converted(folder: Path, kind: str, *paths: Path) -> list[Path]:
    """Convert the files into a folder, and return where; the program's own settings are kept apart from the user's."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True)
    return [folder / f"{path.stem}.{kind.partition(':')[0]}" for path in paths]
