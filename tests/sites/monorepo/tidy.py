"""Ends what the plugin leaves to the garbage collector, which would warn of it in some other test."""

from __future__ import annotations

from typing import Any


def on_post_build(config: Any) -> None:  # noqa: ANN401  (a plugin that has no types)
    """Remove the plugin's temporary folder, by the method that no event calls."""
    config.plugins["monorepo"].post_build(config)
