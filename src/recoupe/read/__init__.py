"""The reading room: Article -> Reading.  It decides and does no I/O.  `reader.py` lists its stages in order."""
