using Monarch.Hosting.Processes;

namespace Monarch.Bridge.Api;

/// <summary>The processes that are alive, the longest running first.</summary>
sealed record ProcessList(IReadOnlyList<ProcessState> Processes);
