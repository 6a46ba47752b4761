using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Monarch.Hosting.Http;

/// <summary>Compares bearer tokens with the configured key in constant time.</summary>
sealed class ApiKey(string key)
{
    const string Scheme = "Bearer ";
    readonly byte[] _digest = Digest(key);

    /// <summary>The response to a caller without the key; null when the caller sent it.</summary>
    public IResult? Refusal(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var hasToken = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
        if (hasToken && CryptographicOperations.FixedTimeEquals(_digest, Digest(header[Scheme.Length..].Trim())))
        {
            return null;
        }

        context.Response.Headers.WWWAuthenticate = hasToken
            ? "Bearer realm=\"monarch\", error=\"invalid_token\""
            : "Bearer realm=\"monarch\"";
        return TypedResults.Problem(
            statusCode: StatusCodes.Status401Unauthorized,
            detail: $"Send the key of this Monarch ({HttpOptions.ApiKeyKey}) as \"Authorization: Bearer <key>\"."
        );
    }

    static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
