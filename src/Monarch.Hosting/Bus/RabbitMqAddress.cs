using System.Diagnostics.CodeAnalysis;

namespace Monarch.Hosting.Bus;

/// <summary>An AMQP URI taken to pieces, every piece decoded.</summary>
sealed record RabbitMqAddress(string Host, ushort Port, string VirtualHost, string User, string Password, bool Tls)
{
    public static bool TryParse(RabbitMqOptions options, [NotNullWhen(true)] out RabbitMqAddress? address)
    {
        address = null;
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("amqp" or "amqps") || url.Host.Length == 0)
            return false;
        var tls = url.Scheme == "amqps";
        var user = url.UserInfo.Split(':', 2);
        address = new(
            url.Host,
            url.Port > 0 ? (ushort)url.Port : (ushort)(tls ? 5671 : 5672),
            options.VirtualHost ?? VirtualHostOf(url),
            user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : "guest",
            user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "guest",
            tls);
        return true;
    }

    /// <summary>The URL without user and password, for people.</summary>
    public override string ToString() => $"{(Tls ? "amqps" : "amqp")}://{Host}:{Port}";

    // "amqp://host" and "amqp://host/" both mean the default virtual host here, as in most clients; "%2f" is "/" spelled out.
    static string VirtualHostOf(Uri url) => url.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(url.AbsolutePath[1..]) : "/";
}
