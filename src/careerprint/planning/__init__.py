"""Which editions there are, and which of them are meant."""
