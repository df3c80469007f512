"""Write docs/reference/files.md: for each kind of file, what was hidden in it and what is left in its clean copy."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "media"))

import table  # noqa: E402 (it lies with the tests, whose files it cleans)

if __name__ == "__main__":
    (HERE / "reference" / "files.md").write_text(table.page(), encoding="utf-8")
