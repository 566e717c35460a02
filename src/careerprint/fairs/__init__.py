"""The table of fairs, whatever spreadsheet it stands in: every row checked."""
