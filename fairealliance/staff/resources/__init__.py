"""Resources, their links and collections at the desk."""
