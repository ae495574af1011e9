"""Base types of rules, what runs them, and what several of them use."""
