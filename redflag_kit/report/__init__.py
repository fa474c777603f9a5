"""Results as text, JSON, Markdown and HTML. Every renderer but JSON's reads the JSON form, so saved results render too."""
