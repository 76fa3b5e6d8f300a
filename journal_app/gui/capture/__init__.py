"""Capture from anywhere: the small window, the key, the tray icon, one instance."""
