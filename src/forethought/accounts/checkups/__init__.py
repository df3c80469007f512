"""Privacy check-ups: what each platform lets a person set, what is advised, and what changed since the last look."""
