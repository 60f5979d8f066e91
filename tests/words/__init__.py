"""What people read in other languages: gathered, compared, kept."""
