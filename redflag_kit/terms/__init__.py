"""The terms outcomes and thresholds are made of: scales, statuses, quantities, units, versions."""
