"""What finished PDFs are judged by."""
