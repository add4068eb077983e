"""The Word writer: every look is a style of a template, every comment Word’s own."""

from __future__ import annotations
