"""A placeholder for a deployment: prints what it would deploy. Exit code 0 is success, any other is a failure."""
import sys

server, *issues = sys.argv[1:]
print(f"would deploy {', '.join(issues)} to {server}")
