namespace Monarch.Bridge.Deployments;

/// <summary>The content of a command to a server.</summary>
/// <param name="Actor">The caller.</param>
/// <param name="Reason">The reason, in one line; null when none is given.</param>
/// <param name="Until">The end of a hold (UTC); null means until it is resumed.</param>
/// <param name="HoldFor">The length of a hold, when it was given instead of its end.</param>
/// <param name="Issues">The numbers of the issues to remove; null means all.</param>
sealed record SteeringRequest(string Actor, string? Reason, DateTimeOffset? Until, TimeSpan? HoldFor, IReadOnlyList<int>? Issues);
