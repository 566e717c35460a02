"""The tables of fairs, whatever spreadsheet they stand in: every row checked."""
