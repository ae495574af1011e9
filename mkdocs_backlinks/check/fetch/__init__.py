"""How one request gets out and back: the client, the guard, and the machine around them."""
