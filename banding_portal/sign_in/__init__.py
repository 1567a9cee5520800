"""What the portal adds to the sign-in of django-allauth."""
