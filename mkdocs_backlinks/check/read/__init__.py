"""What an answer says: evidence, walls, and places in pages."""
