"""Read-only questions to the readings; answers are frozen dataclasses that may cross threads.

Each function takes a connection inside a reading transaction (``Store.read``), so that several answers of one
page speak of one moment.
"""
