using System.Net.Sockets;
using System.Security.Authentication;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Monarch.Hosting.Bus.Client;

/// <summary>What the broker said when it refused something, with the remedy.</summary>
static class BrokerRefusal
{
    /// <summary>The broker's own words and the remedy; null when the failure is not its doing.</summary>
    public static string? Of(Exception? exception, RabbitMqAddress broker) =>
        exception is not null && Words(exception) is { } words ? Sentences.Of(words, Remedy(words, broker)) : null;

    // What the broker, or TLS, said; null when the failure is the network's.
    static string? Words(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case OperationInterruptedException { ShutdownReason: { Initiator: ShutdownInitiator.Peer, ReplyText: { Length: > 0 } text } }:
                    return text;
                case AuthenticationFailureException or AuthenticationException:
                    return e.Message;
                case SocketException or OperationCanceledException or TimeoutException:
                    return null;
            }
        }

        // The broker closed the connection without a word, as one with TLS does when it is spoken to without.
        return exception.GetBaseException() is EndOfStreamException end ? end.Message : null;
    }

    static string Remedy(string words, RabbitMqAddress broker) => words switch
    {
        _ when Has(words, "vhost") && Has(words, "not found") =>
            $"Create the virtual host '{broker.VirtualHost}' (rabbitmqctl add_vhost), or name another one in {RabbitMqOptions.UrlKey} or {RabbitMqOptions.VirtualHostKey}.",
        _ when Has(words, "access to vhost") || (Has(words, "access to") && Has(words, "refused for user")) =>
            $"Give the user '{broker.User}' the permissions configure, write and read on the virtual host '{broker.VirtualHost}' (rabbitmqctl set_permissions).",
        _ when Has(words, "vhost") || Has(words, "virtual host") =>
            $"See in the broker's log what is wrong with the virtual host '{broker.VirtualHost}', or name another one in {RabbitMqOptions.VirtualHostKey}.",
        _ when Has(words, "ACCESS_REFUSED") || Has(words, "Login") || Has(words, "authentication mechanism") => $"Check user and password in {RabbitMqOptions.UrlKey}.",
        _ when broker.Tls || Has(words, "TLS") || Has(words, "SSL") || Has(words, "certificate") =>
            $"Check that the broker's port {broker.Port} speaks TLS with a certificate for '{broker.Host}' that this machine trusts; amqp:// in {RabbitMqOptions.UrlKey} is for a port without TLS.",
        _ when Has(words, "closed the connection") || Has(words, "end of stream") =>
            $"Check that port {broker.Port} is a broker's port without TLS; amqps:// in {RabbitMqOptions.UrlKey} is for one with TLS.",
        _ => "See the broker's log.",
    };

    static bool Has(string words, string part) => words.Contains(part, StringComparison.OrdinalIgnoreCase);
}
