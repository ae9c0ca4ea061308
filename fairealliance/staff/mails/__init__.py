"""Mails that did not go, seen by the secretariat."""
