"""Every device as JSON: `python -m journal_app.models.devices`, so that a bad driver harms none."""

from journal_app.models.devices import main

main()
