"""What else comes out: orders, reports, proofs, sheets for the office printer."""
