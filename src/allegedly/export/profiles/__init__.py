"""Profiles: claims in the columns that users of other event data know; what we cannot fill is empty, never invented."""
