"""Keep what the package's TOML files parse to whenever it is built, so that a cold start need not parse them."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent / "src"))


class TablesHook(BuildHookInterface):
    """Write the snapshot that `forethought.tables` reads."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write it before files are collected; `version` and `build_data` are the builder's and stay as they are."""
        from forethought.tables import write_snapshot

        write_snapshot()
