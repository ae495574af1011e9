"""Requests of a run: the probe of each target, the scheduler, and the queues of hosts."""
