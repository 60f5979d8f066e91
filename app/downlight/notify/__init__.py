"""Notifications: which news is told, in what words, and by which way."""
