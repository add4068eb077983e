"""Reports: what they hold (format-free), and the files they become."""
