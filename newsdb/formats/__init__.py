"""How dates are written on pages for people, by language; `FORMAT_MODULE_PATH` names it."""
