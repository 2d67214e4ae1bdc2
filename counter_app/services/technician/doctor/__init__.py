"""The self-test of a counter PC: what is looked at, one verdict each, its cure, and what can be mended here.

``bench`` is what the checks look at, ``*_checks`` look, ``catalogue`` is their order, ``running`` bounds each
in time, ``mending`` is what a button does, ``results`` the file for the stick.
"""
