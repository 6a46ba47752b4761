using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Monarch.Hosting.Http;

/// <summary>Signs people in with a key: their browser receives a cookie.</summary>
public sealed class SignIn
{
    /// <summary>How long a browser stays signed in that is asked to remember it.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(14);

    /// <summary>How long others stay signed in after their last request.</summary>
    internal static readonly TimeSpan Brief = TimeSpan.FromHours(12);

    readonly AccessKeys _keys;
    readonly SignInPace _pace;
    readonly Counter<long> _attempts;
    readonly ILogger<SignIn> _logger;

    internal SignIn(AccessKeys keys, SignInPace pace, IMeterFactory meters, ILogger<SignIn> logger)
    {
        (_keys, _pace, _logger) = (keys, pace, logger);
        _attempts = meters.Create("Monarch").CreateCounter<long>("monarch.sign.ins", "{attempt}", "Attempts to sign in to the pages.");
    }

    /// <summary>Whether callers need a key at all.</summary>
    public bool IsRequired => _keys.AreRequired;

    /// <summary>Signs a caller in.</summary>
    /// <param name="context">The request; its response receives the cookie.</param>
    /// <param name="key">The key.</param>
    /// <param name="remember">Whether the browser stays signed in when it is closed.</param>
    /// <returns>Whether the key is known; and how long the caller has to wait before the next attempt counts, null when not at all.</returns>
    public async Task<(bool IsKnown, TimeSpan? Wait)> TryAsync(HttpContext context, string key, bool remember)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(key);
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (_pace.Begin(address) is { } wait)
        {
            Count("delayed");
            return (false, wait);
        }

        if (_keys.Find(key.Trim()) is not { } found)
        {
            Count("refused");
            Log.SignInRefused(_logger, address);
            return (false, null);
        }

        _pace.Succeeded(address);
        Count("accepted");
        Log.SignedIn(_logger, found.Name, address);
        await context.SignInAsync(
            AccessKeys.Cookie,
            AccessKeys.Identity(found),
            new AuthenticationProperties { IsPersistent = remember, ExpiresUtc = null }
        );
        return (true, null);
    }

    /// <summary>Removes the cookie.</summary>
    /// <param name="context">The request.</param>
    public static Task EndAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.SignOutAsync(AccessKeys.Cookie);
    }

    void Count(string outcome) => _attempts.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
