namespace Monarch.Workers.GitHub.Client;

/// <summary>One page of a listing.</summary>
/// <param name="Tag">What it was.</param>
/// <param name="Issues">What it holds; pull requests are among them.</param>
sealed record IssuePage(PageTag Tag, IReadOnlyList<Issue> Issues);
