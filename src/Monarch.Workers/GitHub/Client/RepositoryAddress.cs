using System.Globalization;
using System.Text.RegularExpressions;

namespace Monarch.Workers.GitHub.Client;

/// <summary>Where a repository is found below the API's base address, and whether an answer may lead us on.</summary>
static partial class RepositoryAddress
{
    /// <summary>Null when it is not the name of a repository (<c>owner/name</c>) that can stand in an address.</summary>
    public static string? ByName(string fullName) => Name().IsMatch(fullName) ? $"repos/{fullName}" : null;

    public static string ById(long id) => string.Create(CultureInfo.InvariantCulture, $"repositories/{id}");

    /// <summary>Is it below the base address, which alone may see the token?</summary>
    public static bool IsBelow(Uri baseAddress, Uri address) => baseAddress.IsBaseOf(address);

    /// <summary>The id that an address of the form <c>repositories/{id}</c>, or below it, names; null for every other address.</summary>
    public static long? Id(Uri baseAddress, Uri address) =>
        IsBelow(baseAddress, address)
        && Numeric().Match(baseAddress.MakeRelativeUri(address).ToString()) is { Success: true } match
        && long.TryParse(match.Groups["id"].ValueSpan, out var id)
            ? id
            : null;

    // A name of dots alone would climb out of the path.
    [GeneratedRegex(@"\A(?!\.+/)[A-Za-z0-9._-]+/(?!\.+\z)[A-Za-z0-9._-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\Arepositories/(?<id>[0-9]{1,19})(?=[/?]|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Numeric();
}
