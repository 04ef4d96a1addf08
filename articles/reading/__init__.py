"""Readers of text: what a page prints and quotes, and where. They know neither Django nor the models."""
