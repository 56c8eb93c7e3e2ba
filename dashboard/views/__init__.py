"""Pages: choose, load, show."""
