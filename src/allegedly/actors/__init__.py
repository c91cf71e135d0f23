"""Actors: who is who. Names and descriptions in, country, sector, group and side out; knows strings, not documents."""
