"""The workspace in the counselor's browser."""
