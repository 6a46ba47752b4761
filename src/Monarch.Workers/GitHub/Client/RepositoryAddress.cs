using System.Text.RegularExpressions;
using Octokit;

namespace Monarch.Workers.GitHub.Client;

/// <summary>The address of a repository by name, and which addresses may be followed.</summary>
static partial class RepositoryAddress
{
    /// <summary>Null when it is not the name of a repository (<c>owner/name</c>).</summary>
    public static Uri? ByName(string fullName) => Name().IsMatch(fullName) && fullName.Split('/') is [var owner, var name]
        ? ApiUrls.Repository(owner, name)
        : null;

    /// <summary>Is it below the base address? Only such an address may get the token.</summary>
    public static bool IsBelow(Uri baseAddress, Uri address) => baseAddress.IsBaseOf(address);

    /// <summary>Is it <c>repositories/{id}</c>, or below it, on the same server?</summary>
    public static bool IsNumeric(Uri baseAddress, Uri address) =>
        IsBelow(baseAddress, address) && Numeric().IsMatch(baseAddress.MakeRelativeUri(address).ToString());

    // A name of dots alone would climb out of the path.
    [GeneratedRegex(@"\A(?!\.+/)[A-Za-z0-9._-]+/(?!\.+\z)[A-Za-z0-9._-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\Arepositories/[0-9]{1,19}(?=[/?]|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Numeric();
}
