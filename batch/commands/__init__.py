"""The commands, a module each: options to arguments, values to the screen. Imports wait until a command needs them."""
