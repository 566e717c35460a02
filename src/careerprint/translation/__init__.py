"""What there is to translate, and the catalogs brought up to date."""
