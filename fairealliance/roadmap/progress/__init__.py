"""The progress report (« bilan »): one content, three forms: page, PDF, DOCX."""
