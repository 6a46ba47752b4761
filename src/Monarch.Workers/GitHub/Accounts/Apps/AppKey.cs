using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Monarch.Workers.GitHub.Accounts.Apps;

/// <summary>An App's private key.</summary>
sealed class AppKey : IDisposable
{
    // GitHub's clock may be behind ours, and GitHub rejects tokens with a lifetime above ten minutes.
    const int BackdatedSeconds = 60;
    const int LifetimeSeconds = 9 * 60;

    readonly RSA _rsa;
    readonly Lock _lock = new();

    AppKey(RSA rsa) => _rsa = rsa;

    /// <summary>Distinguishes the keys of an App without disclosing the key.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(_rsa.ExportSubjectPublicKeyInfo()));

    /// <param name="pem">The key in PEM format, PKCS#1 as issued by GitHub or PKCS#8. Line breaks may be written as <c>\n</c>.</param>
    /// <param name="key">The key.</param>
    /// <returns>False when the text is not a private key.</returns>
    public static bool TryRead(string pem, [NotNullWhen(true)] out AppKey? key)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem.Replace("\\n", "\n", StringComparison.Ordinal));
            key = new(rsa);
            key.Sign("", default);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            rsa.Dispose();
            key = null;
            return false;
        }
    }

    /// <summary>Creates a token (JWT, RS256) that authenticates the App.</summary>
    public string Sign(string appId, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        var header = JsonSerializer.SerializeToUtf8Bytes(new("RS256", "JWT"), AccountJson.Default.JwtHeader);
        var claims = JsonSerializer.SerializeToUtf8Bytes(
            new(seconds - BackdatedSeconds, seconds + LifetimeSeconds, appId),
            AccountJson.Default.JwtClaims
        );
        var text = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        lock (_lock)
        {
            var signature = _rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{text}.{Base64Url.EncodeToString(signature)}";
        }
    }

    public void Dispose() => _rsa.Dispose();
}

/// <summary>The header of a JSON web token.</summary>
sealed record JwtHeader(string Alg, string Typ);

/// <summary>The claims of a JSON web token: validity in seconds since 1970, and the App as issuer.</summary>
sealed record JwtClaims(long Iat, long Exp, string Iss);
