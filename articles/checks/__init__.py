"""Checks quotations against the dataset: reports what it has of the words and speaker, without a verdict.

``words`` splits a text into comparable words; ``comparison`` compares a quotation with one statement;
``candidates`` finds the statements worth comparing; ``checking`` combines the three; ``drafts`` finds the
quotations in a draft.
"""
