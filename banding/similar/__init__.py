"""How the bands of a school lie beside those of similar schools."""
