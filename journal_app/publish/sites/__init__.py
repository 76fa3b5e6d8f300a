"""Static sites: what a post becomes for each generator, wherever the site's files lie.

`tree` is how a site is read (a folder, a commit), `flavors` what each generator wants, `render`
what has to be written and removed. Nothing here writes: `publish.folder` and the git target do.
"""
