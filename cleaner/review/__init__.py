"""What people decide about removals: the decisions, and the server of the page on which they are made."""
