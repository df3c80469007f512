"""Many hostile accounts at once: their posts read and counted, the account made quiet, and one statement if wanted."""
