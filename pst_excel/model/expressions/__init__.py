"""What a computed column is: said once, evaluated by pandas and calculated by Excel."""
