"""Writes each message to a file and acknowledges it, as a consumer does that makes nothing durable."""
import json
import os
import sys
from datetime import datetime

import pika

url, queue, folder = sys.argv[1:]


def write(channel, method, properties, body):
    message = json.loads(body)
    name = datetime.now().strftime("%Y%m%d_%H%M%S_%f") + f"_{method.routing_key}.json"
    with open(os.path.join(folder, name), "w") as file:
        json.dump(message, file, indent=2)
    channel.basic_ack(method.delivery_tag)


channel = pika.BlockingConnection(pika.URLParameters(url)).channel()
channel.basic_qos(prefetch_count=512)
channel.basic_consume(queue, write)
channel.start_consuming()
