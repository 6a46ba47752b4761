using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub.Apps;

/// <summary>Validates the JWT of an App with GitHub's rules and messages.</summary>
/// <remarks>
/// https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
/// </remarks>
static class AppJwt
{
    public const string Undecodable = "A JSON web token could not be decoded";
    public const string Expired =
        "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
    public const string TooLong = "'Expiration time' claim ('exp') is too far in the future";
    public const string NotYetIssued = "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
    public const string Unknown = "Integration not found";

    const int MaxLifetimeSeconds = 600;

    public static bool IsJwt(string credential) => credential.Split('.').Length == 3;

    /// <returns>The App that signed it, or the refusal.</returns>
    public static (SandboxApp? App, string? Refusal) Check(string jwt, AppDirectory apps, DateTimeOffset now)
    {
        try
        {
            if (jwt.Split('.') is not [var header, var claims, var signature])
            {
                return (null, Undecodable);
            }

            using var head = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
            using var body = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
            if (head.RootElement.GetProperty("alg").GetString() != "RS256")
            {
                return (null, Undecodable);
            }

            if (apps.Find(body.RootElement.GetProperty("iss").ToString()) is not { } app)
            {
                return (null, Unknown);
            }

            return IsSignedBy(app, $"{header}.{claims}", Base64Url.DecodeFromChars(signature))
                ? (app, Refusal(body.RootElement, now.ToUnixTimeSeconds()))
                : (null, Undecodable);
        }
        catch (Exception exception)
            when (exception is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, Undecodable);
        }
    }

    static bool IsSignedBy(SandboxApp app, string text, byte[] signature)
    {
        using var key = RSA.Create();
        key.ImportFromPem(app.PublicKey);
        return key.VerifyData(Encoding.ASCII.GetBytes(text), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    static string? Refusal(JsonElement claims, long now) =>
        Seconds(claims, "exp") is not { } expires || expires <= now ? Expired
        : expires > now + MaxLifetimeSeconds ? TooLong
        : Seconds(claims, "iat") is not { } issued || issued > now ? NotYetIssued
        : null;

    static long? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds)
            ? seconds
            : null;
}
