namespace Monarch.Workers.GitHub.Client;

/// <summary>By what a page of a listing is known again.</summary>
/// <param name="Address">Where it was read.</param>
/// <param name="ETag">Its <c>ETag</c>; null when the server gave none.</param>
/// <param name="IsFullAndLast">Whether one issue more would begin another page, of which this one's tag need not tell.</param>
sealed record PageTag(Uri Address, string? ETag, bool IsFullAndLast);
