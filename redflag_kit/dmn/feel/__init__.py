"""FEEL, the expression language of DMN: values, syntax, static types and evaluation."""
