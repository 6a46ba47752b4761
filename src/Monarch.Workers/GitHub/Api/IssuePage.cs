namespace Monarch.Workers.GitHub.Api;

/// <summary>One page of a listing.</summary>
/// <param name="Tag">Identifies its state.</param>
/// <param name="Issues">Its issues, including pull requests.</param>
/// <param name="IsLast">Whether no page follows.</param>
sealed record IssuePage(PageTag Tag, IReadOnlyList<Issue> Issues, bool IsLast);

/// <summary>Identifies a state of a page of a listing.</summary>
/// <param name="Address">The address of the page.</param>
/// <param name="ETag">Its <c>ETag</c>; null when the server returned none.</param>
/// <param name="IsFullAndLast">Whether a further issue would begin another page, which may not change this page's tag.</param>
sealed record PageTag(Uri Address, string? ETag, bool IsFullAndLast);
