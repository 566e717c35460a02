"""What every phase stands on: diagnostics, files and what is read of them, editions."""
