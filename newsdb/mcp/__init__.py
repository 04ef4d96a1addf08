"""The dataset for programs that speak the Model Context Protocol: reading only, by way of the API."""
