"""Surveys as files: one layout, the same out as in (docs/observatoire-modele.md)."""
