"""A made-up dataset of any size: what it consists of, and how it comes into either store at bulk speed."""
