"""Everything kept on disk: paths, settings, the journal, secrets."""
