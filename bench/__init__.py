"""The bench: gold readers, tasks, gate, rivals, speed. Not shipped; run from the repository's root."""
