"""Forms 01-07 of the one-stop counter (TT 03/2025/TT-VPCP) and the police's CT04-06, as data + template.

``content`` holds what a paper says, ``template`` how a form is laid out (``resources/forms/one_stop`` or a
folder of the unit), ``books`` which template is in force, ``drawing`` makes the PDF.
"""
