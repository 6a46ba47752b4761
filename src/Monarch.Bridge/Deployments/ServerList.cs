using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Deployments;

/// <summary>The servers that something was moved to, or that were steered, by name.</summary>
sealed record ServerList(IReadOnlyList<ServerProgressed> Servers);
