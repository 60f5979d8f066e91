"""Status pages that one vendor has built for itself."""
