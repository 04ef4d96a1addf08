"""The views: lists, records, exports, histories, writes and probes."""
