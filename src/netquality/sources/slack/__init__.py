"""Slack's export archives."""
