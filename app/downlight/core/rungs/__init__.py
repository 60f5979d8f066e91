"""Is it me? The ladder, what was read on each rung, and what to do."""
