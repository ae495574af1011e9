"""Evidence kept between runs: the cache of this machine, the committed lockfile, and the plan of a run."""
