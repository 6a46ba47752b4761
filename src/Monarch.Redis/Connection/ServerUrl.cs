using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Monarch.Redis.Connection;

/// <summary>
/// The decoded parts of a server's URL, which may contain user and password. <see cref="Uri"/> is not strict enough: it parses the host of
/// <c>amqp://user:5/x@host</c> as "user", and keeps an unescaped <c>%</c>.
/// </summary>
/// <param name="Scheme">In lower case: <c>rediss</c>.</param>
/// <param name="User">The user; null when there is none, or an empty one.</param>
/// <param name="Password">The password; null when there is none, or an empty one. A secret.</param>
/// <param name="Host">A name or an address; an IPv6 address without its brackets.</param>
/// <param name="Port">The port; null when the URL has none.</param>
/// <param name="Path">The decoded path without its first slash; empty when there is none.</param>
/// <param name="Query">The query without the question mark, not decoded; empty when there is none.</param>
public sealed record ServerUrl(string Scheme, string? User, string? Password, string Host, int? Port, string Path, string Query)
{
    static readonly string[] Ends = ["/", "?", "#"];

    /// <summary>Parses a URL.</summary>
    /// <param name="text">The URL.</param>
    /// <param name="url">Its parts.</param>
    /// <param name="problem">Why it is invalid, as a clause without user and password.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ServerUrl? url, [NotNullWhen(false)] out string? problem)
    {
        url = null;
        if (text.Split("://", 2) is not [var scheme, var rest] || !Uri.CheckSchemeName(scheme))
        {
            problem = "it has no scheme";
            return false;
        }
        var end = Ends.Select(x => rest.IndexOf(x, StringComparison.Ordinal)).Where(x => x >= 0).DefaultIfEmpty(rest.Length).Min();
        var (authority, tail) = (rest[..end], rest[end..]);
        var at = authority.LastIndexOf('@');
        var (credentials, server) = (authority[..Math.Max(at, 0)], authority[(at + 1)..]);
        problem = Problem(credentials, server, tail, out var host, out var port);
        if (problem is not null)
        {
            return false;
        }

        var (path, query) = tail.TrimStart('/').Split('?', 2) is [var before, var after] ? (before, after) : (tail.TrimStart('/'), "");
        var (user, password) = credentials.Split(':', 2) is [var first, var second] ? (first, second) : (credentials, "");
        url = new(scheme.ToLowerInvariant(), Decoded(user), Decoded(password), host, port, Decoded(path) ?? "", query);
        return true;
    }

    /// <summary>Without user and password.</summary>
    public override string ToString() => $"{Scheme}://{Host}";

    static string? Problem(string credentials, string server, string tail, out string host, out int? port)
    {
        (host, port) = (server, null);
        if (credentials.Contains('@', StringComparison.Ordinal) || tail.Contains('@', StringComparison.Ordinal))
        {
            return "its user or password contains an unescaped @, /, ? or #";
        }

        if (HasRawPercent(credentials))
        {
            return "its user or password contains an unescaped %";
        }

        if (HasRawPercent(tail) || tail.Contains('#', StringComparison.Ordinal))
        {
            return "the part after its host contains an unescaped % or #";
        }

        var colon = server.LastIndexOf(':');
        if (colon > server.LastIndexOf(']'))
        {
            if (!ushort.TryParse(server[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                return "its port is not a number from 1 to 65535";
            }

            (host, port) = (server[..colon], number);
        }
        if (host is ['[', .., ']'])
        {
            host = host[1..^1];
        }
        else if (host.Contains(':', StringComparison.Ordinal))
        {
            return "an IPv6 address needs brackets";
        }

        return Uri.CheckHostName(host) == UriHostNameType.Unknown ? "its host is not a name or address" : null;
    }

    static bool HasRawPercent(string text)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                return true;
            }
        }
        return false;
    }

    static string? Decoded(string text) => text.Length == 0 ? null : Uri.UnescapeDataString(text);
}
