"""Papers of the counter: pure functions from frozen data to PDF, Excel or raster bytes.

Importing this package is cheap on purpose: reportlab, XlsxWriter, zxing-cpp and pypdfium2 are imported by
the functions that need them, so that the program's first window never waits for a printing library.
"""
