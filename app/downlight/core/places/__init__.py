"""Where in the world: names, countries, the map, and where a person is."""
