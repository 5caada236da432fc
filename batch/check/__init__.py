"""The book against its definitions: rules in, findings out."""
