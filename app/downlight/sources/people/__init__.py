"""What people write in public: only counted, never kept."""
