"""Answers as documents and as data: a report, a rule, the guidance, for every face to show in its own way."""
