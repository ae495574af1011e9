"""Who is asked what, and when: stories, their turns, and the patience of hosts."""
