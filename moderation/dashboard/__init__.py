"""How the cases of a sample stand, quadrant by quadrant, and what is left by when."""
