"""Sends one request: the HTTP client, the guard of addresses, and the environment of a run."""
