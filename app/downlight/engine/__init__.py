"""Polling and its memory: the one thread that owns asyncio."""
