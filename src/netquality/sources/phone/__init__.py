"""Text messages and calls of a phone."""
