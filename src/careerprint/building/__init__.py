"""Prints what is not fresh and puts whole files into `out/`."""
