"""KNOWS WHERE: which time zone a place, a country or a shared location has."""
