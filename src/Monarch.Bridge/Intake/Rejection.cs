namespace Monarch.Bridge.Intake;

/// <summary>A request that was refused as a whole, kept for an operator.</summary>
/// <param name="At">When it was refused (UTC).</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="Faults">Everything that is wrong with it.</param>
/// <param name="Payload">What was sent, cut at 16,384 bytes.</param>
sealed record Rejection(DateTimeOffset At, string Origin, IReadOnlyList<string> Faults, string Payload);
