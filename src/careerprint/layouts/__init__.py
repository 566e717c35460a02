"""What products look like: what layouts declare, their colours, an issuer's brand."""
