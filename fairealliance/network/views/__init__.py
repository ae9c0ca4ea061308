"""Pages of catalysts and of requests for support."""
