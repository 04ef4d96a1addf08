"""Checks: a quotation held against the dataset. What is known of its words and speaker, never a verdict.

``words`` cuts a text into the words that are compared; ``comparison`` compares a quotation with one
statement; ``candidates`` finds the statements worth comparing; ``checking`` puts the three together;
``drafts`` finds the quotations of a draft.
"""
