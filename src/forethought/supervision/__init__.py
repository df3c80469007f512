"""The room for supervision: what to take there, the questions to ask, and a summary to hand over."""
