"""The practice commune: a province with its own key, a hub beside the program, people with known passwords.

Unit 00000; every real hub refuses it, and every paper says what it is.
"""
