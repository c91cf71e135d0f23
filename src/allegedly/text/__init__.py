"""Floor 3, lower half: engines that know strings, not documents; standard library only."""
