from hypothesis import settings

# A busy machine is not a bug: what a property costs in time is no part of it.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
