"""Pages of those who propose and correct."""
