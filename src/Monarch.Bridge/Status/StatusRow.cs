namespace Monarch.Bridge.Status;

/// <summary>A row of the read model.</summary>
/// <param name="Name">Its name within the batch.</param>
/// <param name="Version">The version of the event that wrote it.</param>
/// <param name="Json">What it holds.</param>
/// <param name="Milestone">What it shows to be reached or not; two rows may show the same.</param>
/// <param name="IsReached">Whether it is reached; null when the row leaves that open.</param>
readonly record struct StatusRow(string Name, int Version, string Json, string Milestone, bool? IsReached);
