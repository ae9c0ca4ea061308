"""Pages, files, the progress report, and the corner of those who report."""
