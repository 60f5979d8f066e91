"""The page that opens first: why, what says so, what goes on."""
