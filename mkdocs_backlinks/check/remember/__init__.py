"""What is known from before, and what is kept for later: the cache and the lockfile."""
