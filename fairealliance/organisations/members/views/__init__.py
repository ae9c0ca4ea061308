"""Pages of /mon-espace/organisations/."""
