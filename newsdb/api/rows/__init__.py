"""Declares the shape of records, and reads them from the database."""
