"""What the machine gives: files, processes, signals, locks, and a cache. Knows nothing of documents."""
