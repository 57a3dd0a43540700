"""The lessons as plain files: a static site, or one self-contained page a lesson."""
