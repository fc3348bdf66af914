"""Calendars: meetings that were held, and who was there."""
