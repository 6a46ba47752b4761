"""A stand-in for a deployment: it says what it would do. Exit code 0 is success, any other is a failure."""
import sys

server, *issues = sys.argv[1:]
print(f"would deploy {', '.join(issues)} to {server}")
