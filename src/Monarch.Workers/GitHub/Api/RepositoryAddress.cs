using System.Text.RegularExpressions;
using Octokit;

namespace Monarch.Workers.GitHub.Api;

/// <summary>Builds the address of a repository, and checks addresses before they are followed.</summary>
static partial class RepositoryAddress
{
    /// <summary>Null when it is not the name of a repository (<c>owner/name</c>).</summary>
    public static Uri? ByName(string fullName) =>
        Name().IsMatch(fullName) && fullName.Split('/') is [var owner, var name] ? ApiUrls.Repository(owner, name) : null;

    /// <summary>Whether the address is below the base address. Only such an address may receive the token.</summary>
    public static bool IsBelow(Uri baseAddress, Uri address) => baseAddress.IsBaseOf(address);

    /// <summary>Whether the address is <c>repositories/{id}</c> or below it, on the same server.</summary>
    public static bool IsNumeric(Uri baseAddress, Uri address) =>
        IsBelow(baseAddress, address) && Numeric().IsMatch(baseAddress.MakeRelativeUri(address).ToString());

    // A name that consists of dots would leave the path.
    [GeneratedRegex(@"\A(?!\.+/)[A-Za-z0-9._-]+/(?!\.+\z)[A-Za-z0-9._-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\Arepositories/[0-9]{1,19}(?=[/?]|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Numeric();
}
