"""SQLite as this product keeps it: a database engine of Django's (`base`), and how its log is copied back (`log`)."""
