"""Reads responses: evidence, signatures of walls and parked domains, and the presence of fragments."""
