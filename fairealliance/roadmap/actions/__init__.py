"""Every write of the room: keyword-only, atomic, permission-checked, journalled."""
