"""A plan of another domain, invented: the buildings of a school, their rooms, the works in them.

Its words are its own. The networks of schools keep the works; a form says whose workbook it is.
"""
