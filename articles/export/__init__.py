"""Releases of the dataset: written, read and checked in plain Python; gathered and loaded by Django."""
