"""What the machine under the program says of itself: system, memory, power, policies, speed of its disk.

Every answer comes from the system's own words (files below ``/sys`` and ``/etc``, the registry, ``kernel32``)
and costs no right of an administrator. ``None`` or "" is said where the system does not tell.
"""
