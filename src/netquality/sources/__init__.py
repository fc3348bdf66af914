"""Readers: a file or archive in, checked tables out. Each format is a room of its own."""
