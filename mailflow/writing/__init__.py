"""From notice to email: letters, pages and calendar entries as their readers see them."""
