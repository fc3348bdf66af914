"""Mail: mbox files, Maildir folders, single messages; headers only."""
