"""The room for knowing clients again without a list of them: slow keyed fingerprints of names, and nothing readable."""
