using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>One operation of the API.</summary>
/// <param name="Kind">Its name in <c>/admin/requests</c>.</param>
/// <param name="Documentation">The path of GitHub's documentation, below https://docs.github.com/rest.</param>
/// <param name="CarryOut">Carries it out, without limits or faults.</param>
sealed record Operation(string Kind, string Documentation, Func<GitHubCall, Answer> CarryOut)
{
    public string DocumentationUrl => "https://docs.github.com/rest" + Documentation;

    /// <summary>Whether it creates content, which has additional limits.</summary>
    public bool IsCreation { get; init; }

    /// <summary>Whether it requires the JWT of an App.</summary>
    public bool IsForApps { get; init; }

    /// <summary>Whether it is not counted, as for reading the rate limit.</summary>
    public bool IsFree { get; init; }
}
