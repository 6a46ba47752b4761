using System.Diagnostics.CodeAnalysis;

namespace Monarch.Workers.Http;

/// <summary>Reads a setting that holds the base address of an API.</summary>
static class ServiceAddress
{
    /// <summary>The result ends with a slash, so that relative addresses stay below it.</summary>
    public static bool TryRead(string value, [NotNullWhen(true)] out Uri? address)
    {
        var isGood = Uri.TryCreate(value.Trim().TrimEnd('/') + "/", UriKind.Absolute, out address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && address.UserInfo.Length == 0
            && address.Query.Length == 0
            && address.Fragment.Length == 0;

        if (!isGood)
            address = null;
        return isGood;
    }

    /// <summary>The value for an error message, without a password that someone may have put into it.</summary>
    public static string Shown(string value) => value.Contains('@', StringComparison.Ordinal) ? "(hidden: it contains a credential)" : $"'{value}'";
}
