"""How something begins: a workspace, a profile out of a text, a layout, a locale."""
