"""Reports on paper: styles, paragraphs, tables and pictures set in pages; painted into a preview and into a PDF."""
