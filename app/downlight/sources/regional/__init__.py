"""What can be reached from which country."""
