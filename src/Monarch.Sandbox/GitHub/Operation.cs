using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>One thing that can be asked of the API.</summary>
/// <param name="Kind">Its name in <c>/admin/requests</c>.</param>
/// <param name="Documentation">Where GitHub documents it, below https://docs.github.com/rest.</param>
/// <param name="CarryOut">Does it, with neither limits nor faults.</param>
sealed record Operation(string Kind, string Documentation, Func<GitHubCall, Answer> CarryOut)
{
    public string DocumentationUrl => "https://docs.github.com/rest" + Documentation;

    /// <summary>Whether it creates content, which has limits of its own.</summary>
    public bool IsCreation { get; init; }

    /// <summary>Whether an App must call it as itself.</summary>
    public bool IsForApps { get; init; }

    /// <summary>Asking for the rate limit is not counted against it.</summary>
    public bool IsFree { get; init; }
}
