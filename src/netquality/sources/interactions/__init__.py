"""Interaction logs: who contacted whom and when, one row a contact, from any program."""
