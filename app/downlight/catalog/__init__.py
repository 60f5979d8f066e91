"""The services we know: read from the TOML files in ``resources/catalog``."""
