using System.Diagnostics.CodeAnalysis;

namespace Monarch.Workers.Http;

/// <summary>Reads a setting that contains the base address of an API.</summary>
static class ServiceAddress
{
    /// <summary>Parses the address. The result ends with a slash, so that relative addresses resolve below it.</summary>
    public static bool TryRead(string value, [NotNullWhen(true)] out Uri? address)
    {
        var isValid =
            Uri.TryCreate(value.Trim().TrimEnd('/') + "/", UriKind.Absolute, out address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && address.UserInfo.Length == 0
            && address.Query.Length == 0
            && address.Fragment.Length == 0;

        if (!isValid)
        {
            address = null;
        }

        return isValid;
    }

    /// <summary>The value for an error message; hidden when it may contain a password.</summary>
    public static string Redact(string value) =>
        value.Contains('@', StringComparison.Ordinal) ? "(hidden: it contains a credential)" : $"'{value}'";
}
