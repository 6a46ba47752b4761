namespace Monarch.Bridge.Deployments;

/// <summary>What a command to a server says.</summary>
/// <param name="Actor">Who gives it.</param>
/// <param name="Reason">Why, in one line; null when it does not say.</param>
/// <param name="Until">The end of a hold (UTC); null means until it is resumed.</param>
/// <param name="HoldFor">The length of a hold, when it was given instead of its end.</param>
/// <param name="Issues">The numbers of the issues to remove; null means all.</param>
sealed record SteeringRequest(string Actor, string? Reason, DateTimeOffset? Until, TimeSpan? HoldFor, IReadOnlyList<int>? Issues);
