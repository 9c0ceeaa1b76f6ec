"""Bytes of a page, whatever they are → one text and the blocks that point into it."""
