"""The log of events: compares what things say now with what they said last, and continues the log."""
