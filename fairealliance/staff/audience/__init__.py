"""What is read, for editors."""
