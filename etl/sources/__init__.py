"""Readers of published figures: one module per kind of source."""
