"""The command line's commands: arguments into calls, outcomes into lines."""
