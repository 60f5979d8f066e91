"""Dialogs in which a person chooses: services, parts, a country."""
