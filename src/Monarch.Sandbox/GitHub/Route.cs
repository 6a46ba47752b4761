using System.Globalization;

namespace Monarch.Sandbox.GitHub;

/// <summary>What a method and a path ask for.</summary>
sealed record Route(Operation Operation)
{
    static readonly Route Unknown = new(Operation.Unknown);

    /// <summary><c>owner/name</c>; null when the repository is given by <see cref="RepositoryId"/> or is not part of it.</summary>
    public string? FullName { get; private init; }

    public long RepositoryId { get; private init; }
    public int IssueNumber { get; private init; }

    /// <summary>Whose installation is meant; null when it is given otherwise, or none is meant.</summary>
    public string? Owner { get; private init; }

    public long InstallationId { get; private init; }

    /// <summary>The rest of the path behind the repository.</summary>
    public string Rest => Operation == Operation.GetRepository ? "" : IssueNumber == 0 ? "/issues" : $"/issues/{IssueNumber}";

    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path behind the base address, without a slash at its beginning.</param>
    public static Route Of(string method, string path)
    {
        var parts = path.Split('/');
        return parts switch
        {
            ["user"] when method == "GET" => new Route(Operation.GetUser),
            ["rate_limit"] when method == "GET" => new Route(Operation.GetRateLimit),
            ["app"] when method == "GET" => new Route(Operation.GetApp),
            ["users" or "orgs", { Length: > 0 } owner, "installation"] when method == "GET" => new Route(Operation.GetOwnerInstallation) { Owner = owner },
            ["app", "installations", var id, "access_tokens"] when method == "POST" && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                new Route(Operation.CreateInstallationToken) { InstallationId = number },
            ["repos", { Length: > 0 } owner, { Length: > 0 } name, .. var rest] => InRepository(method, rest) with { FullName = owner + "/" + name },
            ["repositories", var id, .. var rest] when long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                InRepository(method, rest) with { RepositoryId = number },
            _ => Unknown,
        };
    }

    static Route InRepository(string method, string[] rest) => (method, rest) switch
    {
        ("GET", []) => new Route(Operation.GetRepository),
        ("GET", ["installation"]) => new Route(Operation.GetRepositoryInstallation),
        ("GET", ["issues"]) => new Route(Operation.ListIssues),
        ("POST", ["issues"]) => new Route(Operation.CreateIssue),
        ("GET", ["issues", var number]) when Parse(number) is { } n => new Route(Operation.GetIssue) { IssueNumber = n },
        ("PATCH" or "POST", ["issues", var number]) when Parse(number) is { } n => new Route(Operation.UpdateIssue) { IssueNumber = n },
        _ => Unknown,
    };

    static int? Parse(string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed > 0 ? parsed : null;
}
