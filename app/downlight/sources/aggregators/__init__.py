"""What others say who watch many services, for whoever has an account there."""
