"""What people see: the light in the tray and the window behind it."""
