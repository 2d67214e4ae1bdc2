"""New versions of the program: a signed manifest, a small difference, a rehearsal, one switch (decision 050).

The running program never changes. A new application lies beside the old one, is proved there, and one
flushed line
names it for the next start; a version that twice does not come up is left again by the launcher.
"""
