using Monarch.Bridge.Intake;

namespace Monarch.Bridge.Api;

/// <summary>Some refused requests, newest first.</summary>
sealed record RejectionList(IReadOnlyList<Rejection> Rejected);
