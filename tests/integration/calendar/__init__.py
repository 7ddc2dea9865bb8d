"""The working-day calendar in the database and at the desk."""
