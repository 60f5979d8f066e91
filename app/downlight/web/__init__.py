"""The one door to the web: HTTP with bounds on time, size and places."""
