"""What screens and the command line may ask of the program, area by area.

Each module holds one ``Protocol`` and the frozen dataclasses it speaks with. Screens see these and
domain types, nothing else. All functions are synchronous and are called on a worker through
``counter_app.ui.background``; they raise ``DomainError`` (a rule says no) or ``OutsideError`` (disk,
printer, line), both with words for people. Moments are ms since 1970-01-01 UTC, days ``yyyymmdd``,
money whole dong.
"""
