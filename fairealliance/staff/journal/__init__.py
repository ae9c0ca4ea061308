"""The journal, read by the secretariat."""
