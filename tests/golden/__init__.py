"""Golden ledgers: short invented reports, each for one phenomenon; `make golden` writes what the shipped pack reads."""
