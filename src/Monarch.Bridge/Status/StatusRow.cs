namespace Monarch.Bridge.Status;

/// <summary>A row of the read model.</summary>
/// <param name="Name">Its name within the migration.</param>
/// <param name="Version">The version of the event that wrote it.</param>
/// <param name="Json">Its content.</param>
/// <param name="Milestone">The milestone that it determines; two rows may determine the same.</param>
/// <param name="IsReached">Whether the milestone is reached; null when the row does not determine it.</param>
readonly record struct StatusRow(string Name, int Version, string Json, string Milestone, bool? IsReached);
