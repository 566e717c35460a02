"""What has to be in order before a document leaves the house."""
