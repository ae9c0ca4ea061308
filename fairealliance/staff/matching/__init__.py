"""Who is shown in suggestions, seen by the secretariat."""
