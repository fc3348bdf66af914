"""What to do next, with reasons."""
