"""What an organisation says of itself, and where it stands."""
