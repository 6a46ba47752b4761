using System.Security.Cryptography;
using System.Text;

namespace Monarch.Hosting.Http;

/// <summary>A key that callers send, without its text.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Role">What it permits.</param>
/// <param name="Digest">The SHA-256 digest of its text.</param>
sealed record AccessKey(string Name, KeyRole Role, byte[] Digest)
{
    /// <summary>The name of <c>MONARCH_API_KEY</c>.</summary>
    const string Only = "operator";

    /// <summary>Identifies the key in a cookie: it changes with the key, and does not reveal it.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Digest))[..32];

    public static byte[] DigestOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>All keys of the settings. Entries that are invalid are left out; <see cref="FaultsOf"/> names them.</summary>
    public static IReadOnlyList<AccessKey> Of(HttpOptions options) =>
        [
            .. options.ApiKey is { } key ? [new AccessKey(Only, KeyRole.Operate, DigestOf(key))] : Array.Empty<AccessKey>(),
            .. Entries(options).Select(Read).OfType<AccessKey>(),
        ];

    /// <summary>What is wrong with the list of keys, without their texts.</summary>
    public static IEnumerable<string> FaultsOf(HttpOptions options)
    {
        var entries = Entries(options);
        for (var i = 0; i < entries.Length; i++)
        {
            if (Read(entries[i]) is null)
            {
                yield return $"has an entry (number {i + 1}) that is not name:role:key with the role view or operate";
            }
        }

        var names = entries.Select(Read).OfType<AccessKey>().Select(key => key.Name).ToList();
        foreach (var twice in names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
        {
            yield return $"has two keys with the name {twice.Key}";
        }
    }

    static string[] Entries(HttpOptions options) =>
        (options.ApiKeys ?? "").Split([',', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    static AccessKey? Read(string entry) =>
        entry.Split(':', 3) is [{ Length: > 0 } name, var role, { Length: > 0 } key] && !key.Any(IsUnsendable) && RoleOf(role) is { } known
            ? new(name, known, DigestOf(key))
            : null;

    /// <summary>Whether an HTTP header cannot carry the character.</summary>
    public static bool IsUnsendable(char sign) => !char.IsAscii(sign) || char.IsControl(sign) || sign == ' ';

    static KeyRole? RoleOf(string role) =>
        role switch
        {
            "view" => KeyRole.View,
            "operate" => KeyRole.Operate,
            _ => null,
        };
}
