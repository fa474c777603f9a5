"""Results for machines that build and review: SARIF, JUnit XML, GitHub annotations, GitLab code quality."""
