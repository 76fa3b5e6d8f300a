"""Windows that ask or show one thing: settings, versions, merge, export, schedule, tour."""
