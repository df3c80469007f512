"""Finding the line of a fault in the text of a file."""

import pytest

from forethought.guidance.schema import line_of

TEXT = """\
# A comment
id = "a"

[[provision]]
id = "b"

[[ provision ]]
  "id" = "c"
[provision.more]
north = "d"

[[provision]]
id = "e"
"""

PLACES = {
    "key of the head": ("", 0, "id", 2),
    "head without the key": ("", 0, "title", 1),
    "a table taken for a key": ("", 0, "provision", 4),
    "first table": ("provision", 0, "id", 5),
    "quoted, indented key": ("provision", 1, "id", 8),
    "heading of a table within": ("provision", 1, "more", 9),
    "key of a table within": ("provision", 1, "north", 10),
    "table without the key": ("provision", 0, "north", 4),
    "no key": ("provision", 2, "", 12),
    "table written in another way": ("provision", 9, "id", 2),
}


@pytest.mark.parametrize(("table", "index", "key", "line"), PLACES.values(), ids=PLACES)
def test_line_of(table: str, index: int, key: str, line: int) -> None:
    """A key is found in its own table, and a missing one points to the table's first line."""
    assert line == line_of(TEXT, table, index, key)
