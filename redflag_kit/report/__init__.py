"""Results as text, JSON, Markdown and HTML. All but JSON read the JSON form, so saved results render as well."""
