"""The message processor that the archive takes the place of: a file for each message of a temporary queue."""
import json
import os
from datetime import datetime

import pika

exchange = os.environ.get("RABBITMQ_EXCHANGE", "expenses_exchange")
folder = os.environ.get("OUTPUT_FOLDER", "./messages")

parameters = pika.URLParameters(os.environ.get("RABBITMQ_URL", "amqp://localhost"))
parameters.virtual_host = os.environ.get("RABBITMQ_VHOST", "/")
os.makedirs(folder, exist_ok=True)

connection = pika.BlockingConnection(parameters)
channel = connection.channel()
channel.exchange_declare(exchange=exchange, exchange_type="topic", durable=True)
queue = channel.queue_declare(queue="", exclusive=True).method.queue
channel.queue_bind(exchange=exchange, queue=queue, routing_key="expense.*")


def on_message(channel, method, properties, body):
    try:
        message = json.loads(body)
    except json.JSONDecodeError:
        print("not JSON", flush=True)
        channel.basic_ack(delivery_tag=method.delivery_tag)
        return
    name = datetime.now().strftime("%Y%m%d_%H%M%S_%f") + "_" + method.routing_key + ".json"
    channel.basic_ack(delivery_tag=method.delivery_tag)
    with open(os.path.join(folder, name), "w") as file:
        json.dump(message, file, indent=2)


channel.basic_consume(queue=queue, on_message_callback=on_message)
print("waiting for messages", flush=True)
channel.start_consuming()
