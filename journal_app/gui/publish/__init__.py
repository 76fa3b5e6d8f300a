"""The window "Publishing": calendar, queue and log of what goes out."""
