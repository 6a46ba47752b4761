using System.Globalization;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>The repository whose issues a text refers to.</summary>
/// <param name="WebHost">The host of GitHub's pages, with a port where it has one: <c>github.com</c>, or that of an Enterprise Server.</param>
/// <param name="FullName">The current name of the source, <c>owner/name</c>.</param>
sealed record ReferenceSource(string WebHost, string FullName)
{
    /// <summary>
    /// The host whose links to an issue add nothing to that timeline. Only github.com has one: an Enterprise Server and ghe.com do
    /// not (docs.github.com, "Autolinked references and URLs").
    /// </summary>
    public const string RedirectHost = "redirect.github.com";

    public bool HasRedirect => IsHost("github.com");

    public bool IsHost(string host) => string.Equals(host, WebHost, StringComparison.OrdinalIgnoreCase);

    public bool IsNamed(string fullName) => string.Equals(fullName, FullName, StringComparison.OrdinalIgnoreCase);

    public bool IsOwnedBy(string owner) => IsNamed(owner + FullName[FullName.IndexOf('/', StringComparison.Ordinal)..]);

    /// <summary>Names an issue in a text without adding to its timeline: its address, or inline code where a link would add an event.</summary>
    public string QuietName(string address, int number) =>
        HasRedirect ? QuietAddress(address) : string.Create(CultureInfo.InvariantCulture, $"`{FullName}#{number}`");

    /// <summary>The address of an issue, by which a link adds nothing to its timeline where GitHub offers one.</summary>
    public string QuietAddress(string address) =>
        HasRedirect && Uri.TryCreate(address, UriKind.Absolute, out var uri) && IsHost(uri.Authority)
            ? new UriBuilder(uri) { Host = RedirectHost, Port = -1 }.Uri.ToString()
            : address;
}
