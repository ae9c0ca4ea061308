"""Who may do what, as one table: one row per route (`rows.py`). How to add one: docs/permissions.md."""
