"""What people decide about claims: states, queues, corrections, agreement, precision, gold for training."""
