namespace Monarch.Workers.GitHub.Client;

/// <summary>One page of a listing.</summary>
/// <param name="Tag">Its state.</param>
/// <param name="Issues">Its issues; pull requests are among them.</param>
/// <param name="IsLast">Whether no page follows.</param>
sealed record IssuePage(PageTag Tag, IReadOnlyList<Issue> Issues, bool IsLast);

/// <summary>Identifies one state of a page of a listing.</summary>
/// <param name="Address">Where it was read.</param>
/// <param name="ETag">Its <c>ETag</c>; null when the server gave none.</param>
/// <param name="IsFullAndLast">Whether one issue more would begin another page, which this one's tag need not show.</param>
sealed record PageTag(Uri Address, string? ETag, bool IsFullAndLast);
