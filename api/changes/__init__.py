"""What changed from release to release: the event stream and the feed, both made of the log of events."""
