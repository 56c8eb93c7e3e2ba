"""From published figures and municipal targets to an honest verdict per target."""
