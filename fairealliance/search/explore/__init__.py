"""The explorer: one search over everything public, as a page and as a feed."""
