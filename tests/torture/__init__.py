"""Tests that have a long form: `make torture` runs it, `make test` the short one."""
