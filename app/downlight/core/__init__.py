"""Values, rules and ports: pure standard library, no clock, no I/O."""
