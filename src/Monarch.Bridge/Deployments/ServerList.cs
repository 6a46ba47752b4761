using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Deployments;

/// <summary>The servers that issues were moved to or that received commands, by name.</summary>
sealed record ServerList(IReadOnlyList<ServerProgressed> Servers);
