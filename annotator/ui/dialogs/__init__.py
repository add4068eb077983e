"""Dialogs: asked for by a command, closed by Esc; each writes only through the workspace."""
