using System.Net.Sockets;
using System.Security.Authentication;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Monarch.Hosting.Bus.Client;

/// <summary>Describes why the broker refused a connection or a declaration, with the remedy.</summary>
static class BrokerRefusal
{
    /// <summary>The broker's reply and the remedy; null when the broker did not cause the failure.</summary>
    public static string? Of(Exception? exception, RabbitMqAddress broker) =>
        exception is not null && Reply(exception) is { } reply ? Sentences.Of(reply, Remedy(reply, broker)) : null;

    // The reply of the broker or the error of TLS; null when the network failed.
    static string? Reply(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case OperationInterruptedException
                {
                    ShutdownReason: { Initiator: ShutdownInitiator.Peer, ReplyText: { Length: > 0 } text }
                }:
                    return text;
                case AuthenticationFailureException or AuthenticationException:
                    return e.Message;
                case SocketException or OperationCanceledException or TimeoutException:
                    return null;
            }
        }

        // The broker closed the connection without a reply, as a TLS port does when the client does not use TLS.
        return exception.GetBaseException() is EndOfStreamException end ? end.Message : null;
    }

    static string Remedy(string reply, RabbitMqAddress broker) =>
        reply switch
        {
            _ when Has(reply, "vhost") && Has(reply, "not found") =>
                $"Create the virtual host '{broker.VirtualHost}' (rabbitmqctl add_vhost), or name another one in {RabbitMqOptions.UrlKey} or {RabbitMqOptions.VirtualHostKey}.",
            _ when Has(reply, "access to vhost") || (Has(reply, "access to") && Has(reply, "refused for user")) =>
                $"Give the user '{broker.User}' the permissions configure, write and read on the virtual host '{broker.VirtualHost}' (rabbitmqctl set_permissions).",
            _ when Has(reply, "vhost") || Has(reply, "virtual host") =>
                $"Check the virtual host '{broker.VirtualHost}' in the broker's log, or name another one in {RabbitMqOptions.VirtualHostKey}.",
            _ when Has(reply, "ACCESS_REFUSED") || Has(reply, "Login") || Has(reply, "authentication mechanism") =>
                $"Check user and password in {RabbitMqOptions.UrlKey}.",
            _ when broker.Tls || Has(reply, "TLS") || Has(reply, "SSL") || Has(reply, "certificate") =>
                $"Check that the broker's port {broker.Port} uses TLS with a certificate for '{broker.Host}' that this machine trusts; amqp:// in {RabbitMqOptions.UrlKey} is for a port without TLS.",
            _ when Has(reply, "closed the connection") || Has(reply, "end of stream") =>
                $"Check that port {broker.Port} is a broker's port without TLS; amqps:// in {RabbitMqOptions.UrlKey} is for one with TLS.",
            _ => "Check the broker's log.",
        };

    static bool Has(string reply, string part) => reply.Contains(part, StringComparison.OrdinalIgnoreCase);
}
