"""The page "Regions": a map of the world and its table."""
