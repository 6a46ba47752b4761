using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Http;

/// <summary>Identifies callers by the configured keys: as bearer tokens, or by the cookie of a sign-in.</summary>
sealed class AccessKeys(IOptions<HttpOptions> options)
{
    /// <summary>The authentication scheme of the cookie.</summary>
    public const string Cookie = "monarch";

    const string Bearer = "Bearer ";
    const string FingerprintClaim = "key";

    readonly IReadOnlyList<AccessKey> _keys = AccessKey.Of(options.Value);

    /// <summary>Whether callers need a key.</summary>
    public bool AreRequired => _keys.Count > 0;

    /// <summary>Finds a key by its text, in constant time.</summary>
    public AccessKey? Find(string text)
    {
        var digest = AccessKey.DigestOf(text);
        AccessKey? found = null;
        foreach (var key in _keys)
        {
            found = CryptographicOperations.FixedTimeEquals(key.Digest, digest) ? key : found;
        }

        return found;
    }

    /// <summary>The caller of a request that sends a key as a bearer token; null for another request.</summary>
    public Caller? OfBearer(HttpRequest request) => Token(request) is { } token && Find(token) is { } key ? CallerOf(key) : null;

    /// <summary>The caller of a request with the cookie of a sign-in whose key is still configured.</summary>
    public async Task<Caller?> OfCookieAsync(HttpContext context)
    {
        var user = (await context.AuthenticateAsync(Cookie)).Principal;
        var fingerprint = user?.FindFirstValue(FingerprintClaim);
        return fingerprint is not null && _keys.FirstOrDefault(key => key.Fingerprint == fingerprint) is { } found ? CallerOf(found) : null;
    }

    /// <summary>The response to a caller without a key.</summary>
    public static IResult Refusal(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = Token(context.Request) is not null
            ? "Bearer realm=\"monarch\", error=\"invalid_token\""
            : "Bearer realm=\"monarch\"";
        return TypedResults.Problem(
            statusCode: StatusCodes.Status401Unauthorized,
            detail: $"Send a key of this Monarch ({HttpOptions.ApiKeyKey}) as \"Authorization: Bearer <key>\"."
        );
    }

    /// <summary>The identity that the cookie of a sign-in carries.</summary>
    public static ClaimsPrincipal Identity(AccessKey key) => new(new ClaimsIdentity([new(FingerprintClaim, key.Fingerprint)], Cookie));

    static Caller CallerOf(AccessKey key) => new(key.Name, key.Role);

    static string? Token(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
    }
}
