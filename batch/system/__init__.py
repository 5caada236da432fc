"""Files and processes: what the disk holds, how it is read and written whole, and how this process is set."""
