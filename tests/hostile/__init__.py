"""Files that mean harm, or are merely broken: each is read, or refused in one sentence, and nothing else happens."""
