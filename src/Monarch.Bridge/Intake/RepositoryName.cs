using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Monarch.Bridge.Intake;

/// <summary>The name of a repository as GitHub would accept it; two that differ in case only are the same.</summary>
sealed partial class RepositoryName : IEquatable<RepositoryName>
{
    RepositoryName(string owner, string name) => (Owner, Name) = (owner, name);

    public string Owner { get; }

    public string Name { get; }

    /// <summary>
    /// Reads <c>owner/name</c> or the repository's address on one of the hosts, as a browser or git shows it (<c>https://…</c>,
    /// <c>ssh://git@…</c>, <c>git@…:…</c>, or without a scheme), with or without <c>.git</c> and a slash at the end.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="hosts">The hosts of the GitHub that Monarch works with.</param>
    /// <param name="name">The name.</param>
    /// <param name="fault">Its fault.</param>
    public static bool TryParse(
        string text,
        IReadOnlyCollection<string> hosts,
        [NotNullWhen(true)] out RepositoryName? name,
        [NotNullWhen(false)] out string? fault
    )
    {
        name = null;
        var path = text.Trim();
        if (AddressOf(path, hosts) is { } address && !TryReadAddress(address, hosts, out path, out fault))
        {
            return false;
        }

        path = path.TrimEnd('/');
        path = path.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? path[..^4] : path;
        path = path.StartsWith("//", StringComparison.Ordinal) ? path[1..] : path;
        if (path.Split('/') is not [var owner, var repository, .. var rest])
        {
            fault = "is not of the form owner/name";
            return false;
        }

        if (rest.Length > 0 && owner.Length > 0 && repository.Length > 0)
        {
            var surplus = OneLine.Of($"/{string.Join('/', rest)}");
            fault = $"is not of the form owner/name: it holds '{surplus}' after the repository; leave that out";
            return false;
        }

        if (owner.Length == 0 || repository.Length == 0)
        {
            fault = $"names the {(owner.Length == 0 ? "owner" : "repository")} '', which is empty";
            return false;
        }

        if (!Login.IsValid(owner))
        {
            fault = $"names the owner '{OneLine.Of(owner)}', which GitHub would not accept ({Login.Rule})";
            return false;
        }

        if (
            !Repositories().IsMatch(repository)
            || repository is "." or ".."
            || repository.EndsWith(".git", StringComparison.OrdinalIgnoreCase)
        )
        {
            fault =
                $"names the repository '{OneLine.Of(repository)}', which GitHub would not accept "
                + "(letters, digits, '.', '-' and '_', 100 at most)";
            return false;
        }

        (name, fault) = (new RepositoryName(owner, repository), null);
        return true;
    }

    public bool Equals(RepositoryName? other) =>
        other is not null && string.Equals(ToString(), other.ToString(), StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => Equals(obj as RepositoryName);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    public override string ToString() => $"{Owner}/{Name}";

    // Converts git's spellings, and a browser's without the scheme, to the address of the same page.
    static string? AddressOf(string text, IReadOnlyCollection<string> hosts)
    {
        var ssh = SshAddresses().Match(text);
        return ssh.Success ? $"https://{ssh.Groups["host"].Value}/{ssh.Groups["path"].Value}"
            : text.Contains("://", StringComparison.Ordinal) ? text
            : hosts.Any(host => text.StartsWith($"{host}/", StringComparison.OrdinalIgnoreCase)) ? $"https://{text}"
            : null;
    }

    static bool TryReadAddress(string text, IReadOnlyCollection<string> hosts, out string path, [NotNullWhen(false)] out string? fault)
    {
        path = "";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
        {
            fault = "is not a web address";
            return false;
        }

        // With its port, unless that is the usual one.
        if (!hosts.Contains(address.Authority, StringComparer.OrdinalIgnoreCase))
        {
            fault = $"is an address on '{OneLine.Of(address.Authority)}', not on {string.Join(" or ", hosts)}";
            return false;
        }

        if (address is not { UserInfo: "", Query: "", Fragment: "" })
        {
            fault = "holds more than a repository's address: a user, a query or a fragment";
            return false;
        }

        path = address.AbsolutePath[1..];
        fault = null;
        return true;
    }

    // git@github.com:owner/name.git, ssh://git@github.com/owner/name.git
    [GeneratedRegex(
        @"\A(?:(?:git\+)?ssh://git@(?<host>[^/@]+)/|git@(?<host>[^/:@]+):)(?<path>.*)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex SshAddresses();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Repositories();
}
