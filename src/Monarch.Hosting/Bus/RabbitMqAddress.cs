using System.Diagnostics.CodeAnalysis;
using Monarch.Redis.Connection;
using RabbitMQ.Client;

namespace Monarch.Hosting.Bus;

/// <summary>The decoded parts of an AMQP URL.</summary>
sealed record RabbitMqAddress(string Host, ushort Port, string VirtualHost, string User, string Password, bool Tls)
{
    public static bool TryParse(RabbitMqOptions options, [NotNullWhen(true)] out RabbitMqAddress? address) =>
        TryParse(options, out address, out _);

    /// <param name="options">The settings.</param>
    /// <param name="address">Their address.</param>
    /// <param name="problem">Why it is not the URL of a broker, as a clause without a secret.</param>
    public static bool TryParse(
        RabbitMqOptions options,
        [NotNullWhen(true)] out RabbitMqAddress? address,
        [NotNullWhen(false)] out string? problem
    )
    {
        address = null;
        if (!ServerUrl.TryParse(options.Url ?? "", out var url, out problem))
        {
            return false;
        }

        if (url.Scheme is not ("amqp" or "amqps"))
        {
            problem = $"its scheme is '{url.Scheme}'";
            return false;
        }
        var tls = url.Scheme == "amqps";
        // "amqp://host" and "amqp://host/" both mean the default virtual host here, as in most clients; "%2f" is "/" spelled out.
        var virtualHost = options.VirtualHost ?? (url.Path.Length > 0 ? url.Path : "/");
        address = new(url.Host, (ushort)(url.Port ?? (tls ? 5671 : 5672)), virtualHost, url.User ?? "guest", url.Password ?? "guest", tls);
        return true;
    }

    /// <summary>The URL without user and password.</summary>
    public override string ToString() => $"{(Tls ? "amqps" : "amqp")}://{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}";

    /// <summary>Creates a factory of connections outside of the bus, without automatic recovery.</summary>
    /// <param name="name">The name that the broker displays.</param>
    /// <param name="longest">How long a step of the handshake may take.</param>
    public ConnectionFactory Connections(string name, TimeSpan longest)
    {
        var factory = new ConnectionFactory
        {
            HostName = Host,
            Port = Port,
            VirtualHost = VirtualHost,
            UserName = User,
            Password = Password,
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = longest,
            ContinuationTimeout = longest,
            HandshakeContinuationTimeout = longest,
            ClientProvidedName = name,
        };
        if (Tls)
        {
            (factory.Ssl.Enabled, factory.Ssl.ServerName) = (true, Host);
        }

        return factory;
    }
}
