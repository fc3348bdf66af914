"""Telegram's JSON exports."""
