"""Publishes events to a topic exchange as a service that uses pika does, with publisher confirms.

What is not confirmed when the connection ends is published again: the same id, body and key. Each confirmed number is one line of
the file --confirmed. Ends when all are confirmed.
"""
import argparse
import json
import time

import pika
import pika.exceptions


def body_of(number, name, size):
    """An event whose filler shows whether it is whole."""
    event = {
        "action": "created",
        "entity": "expense",
        "data": {"publisher": name, "number": number, "filler": (f"{number}/" * size)[:size]},
        "timestamp": "2024-12-01T14:30:22Z",
    }
    return json.dumps(event).encode()


def properties_of(number, name, without_id, without_type):
    """Which of the messages have an id and a content type depends on their number alone."""
    return pika.BasicProperties(
        delivery_mode=2,
        message_id=None if without_id and number % without_id == 0 else f"{name}-{number}",
        content_type=None if without_type and number % without_type == 0 else "application/json",
    )


class Publisher:
    def __init__(self, options):
        self.options = options
        self.pending = list(range(options.count, 0, -1))
        self.sent = {}
        self.tag = 0
        self.published = 0
        self.confirmed = open(options.confirmed, "w", encoding="ascii")

    def run(self):
        while self.pending or self.sent:
            # What the last connection left without an answer goes first.
            self.pending += sorted(self.sent.values(), reverse=True)
            self.sent, self.tag = {}, 0
            connection = pika.SelectConnection(
                pika.URLParameters(self.options.url),
                on_open_callback=lambda connection: connection.channel(on_open_callback=self.on_channel),
                on_open_error_callback=lambda connection, _: connection.ioloop.stop(),
                on_close_callback=lambda connection, _: connection.ioloop.stop(),
            )
            try:
                connection.ioloop.start()
            except pika.exceptions.AMQPError:
                pass
            if self.pending or self.sent:
                time.sleep(0.1)
        self.confirmed.close()
        print(f"{self.options.count} confirmed, {self.published} published", flush=True)

    def on_channel(self, channel):
        channel.add_on_close_callback(lambda channel, _: channel.connection.is_open and channel.connection.close())
        channel.exchange_declare(self.options.exchange, exchange_type="topic", durable=True, callback=lambda _: self.begin(channel))

    def begin(self, channel):
        channel.confirm_delivery(lambda frame: self.on_answer(channel, frame.method))
        self.fill(channel)

    def fill(self, channel):
        options = self.options
        while channel.is_open and self.pending and len(self.sent) < options.window:
            number = self.pending.pop()
            self.tag += 1
            self.sent[self.tag] = number
            self.published += 1
            channel.basic_publish(
                options.exchange, options.keys[number % len(options.keys)], body_of(number, options.name, options.size),
                properties_of(number, options.name, options.without_id, options.without_type))

    def on_answer(self, channel, method):
        tags = [tag for tag in self.sent if tag <= method.delivery_tag] if method.multiple else [method.delivery_tag]
        for tag in tags:
            number = self.sent.pop(tag)
            if isinstance(method, pika.spec.Basic.Ack):
                self.confirmed.write(f"{number}\n")
            else:
                self.pending.append(number)
        self.confirmed.flush()
        if self.pending:
            self.fill(channel)
        elif not self.sent:
            channel.connection.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--exchange", required=True)
    parser.add_argument("--name", required=True, help="what the ids of the messages begin with")
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--confirmed", required=True)
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--window", type=int, default=200)
    parser.add_argument("--without-id", type=int, default=0, help="every so many messages one has no id")
    parser.add_argument("--without-type", type=int, default=0, help="every so many messages one has no content type")
    parser.add_argument("--keys", nargs="+", default=["expense.created", "expense.updated", "expense.deleted"])
    Publisher(parser.parse_args()).run()


main()
