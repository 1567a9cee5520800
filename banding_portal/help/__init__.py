"""Help with each page, and the words the portal uses: texts in files, found by a page's name."""
