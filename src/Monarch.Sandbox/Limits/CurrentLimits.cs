using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.Limits;

/// <summary>The current limits, shared by the simulated GitHub and Slack.</summary>
sealed class CurrentLimits(SandboxLimits limits)
{
    public SandboxLimits Value { get; set; } = limits;
}
