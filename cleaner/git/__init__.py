"""What a commit would hold, and whether each staged seed has its cleaned text and log in it."""
