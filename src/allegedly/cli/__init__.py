"""The command line: one file per command; each parses, calls and prints. Data on stdout, messages on stderr."""
