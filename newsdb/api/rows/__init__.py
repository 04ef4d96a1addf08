"""The rows: one declaration of a record's shape, and how it is read from the database."""
