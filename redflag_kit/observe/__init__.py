"""Observability: where a rule, or a part of its condition, decides what comes out, in any Boolean algebra."""
