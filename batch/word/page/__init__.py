"""How a page looks: styles, layout, paragraphs, tables and charts."""
