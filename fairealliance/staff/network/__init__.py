"""Catalysts, mediators and requests for support, at the desk."""
