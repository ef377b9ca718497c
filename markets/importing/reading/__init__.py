"""Reading: files of text, HTML and PDF into documents."""
