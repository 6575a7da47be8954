"""Finding the enterprises of the atlas: what is asked, in the words of the user, and what answers."""
