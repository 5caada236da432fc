"""The template as a document: its stories, the tags in them, each made whole and put where it acts."""
