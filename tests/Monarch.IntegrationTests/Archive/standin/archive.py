"""A small archive of the same behaviour, and of wrong ones: with --fault, it has one fault that the tests of the real archive must notice.

    no-fsync        acknowledges what is only in memory
    early           acknowledges before the file is there
    no-ids          makes a second file of a redelivered message
    in-place        writes under the final name, so that a crash leaves half a file
    no-folder-fsync does not make the name durable
    nack            returns what it cannot write, again and again
"""
import argparse
import hashlib
import os
import shutil
import signal
import sys
import time
from datetime import datetime, timedelta

import pika
import pika.exceptions

parser = argparse.ArgumentParser()
parser.add_argument("--fault", default="none")
fault = parser.parse_args().fault

folder = os.environ["OUTPUT_FOLDER"]
exchange = os.environ.get("RABBITMQ_EXCHANGE", "expenses_exchange")
ids = os.path.join(folder, ".ids")
temporary = os.path.join(folder, ".tmp", f"{os.getpid()}-{time.time_ns()}")
for each in (ids, temporary):
    os.makedirs(each, exist_ok=True)
for each in os.listdir(os.path.dirname(temporary)):
    if not os.path.exists(f"/proc/{each.split('-')[0]}"):
        shutil.rmtree(os.path.join(os.path.dirname(temporary), each), ignore_errors=True)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def sync(path, is_folder=False):
    if fault == "no-fsync" or is_folder and fault == "no-folder-fsync":
        return
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def link_to_name(path, key):
    when = datetime.now()
    while True:
        name = os.path.join(folder, when.strftime("%Y%m%d_%H%M%S_%f") + "_" + key + ".json")
        try:
            if fault != "in-place":
                os.link(path, name)
            return name
        except FileExistsError:
            when += timedelta(microseconds=1)


def file_event(number, key, message_id, body):
    path = os.path.join(temporary, str(number))
    if fault == "in-place":
        path = link_to_name(path, key)
    with open(path, "wb", buffering=0) as file:
        file.write(body[:len(body) // 2])
        file.write(body[len(body) // 2:])
    sync(path)
    if message_id and fault not in ("no-ids", "in-place"):
        try:
            os.link(path, os.path.join(ids, hashlib.md5(message_id.encode()).hexdigest()))
        except FileExistsError:
            os.unlink(path)
            return None
    if fault != "in-place":
        link_to_name(path, key)
    sync(ids, True)
    sync(folder, True)
    return path


def on_message(channel, method, properties, body):
    if fault == "early":
        channel.basic_ack(method.delivery_tag)
    try:
        path = file_event(method.delivery_tag, method.routing_key, properties.message_id, body)
    except OSError as error:
        print(error, flush=True)
        if fault == "nack":
            channel.basic_nack(method.delivery_tag)
            return
        sys.exit(3)
    if fault != "early":
        channel.basic_ack(method.delivery_tag)
    if path and fault != "in-place":
        os.unlink(path)


while True:
    try:
        parameters = pika.URLParameters(os.environ.get("RABBITMQ_URL", "amqp://localhost"))
        parameters.virtual_host = os.environ.get("RABBITMQ_VHOST", parameters.virtual_host)
        connection = pika.BlockingConnection(parameters)
        channel = connection.channel()
        channel.exchange_declare(exchange=exchange, exchange_type="topic", durable=True)
        channel.queue_declare("archive", durable=True, arguments={"x-queue-type": "quorum"})
        channel.queue_bind("archive", exchange, "expense.*")
        channel.basic_qos(prefetch_count=50)
        channel.basic_consume("archive", on_message_callback=on_message)
        channel.start_consuming()
    except (pika.exceptions.AMQPError, OSError):
        time.sleep(0.1)
