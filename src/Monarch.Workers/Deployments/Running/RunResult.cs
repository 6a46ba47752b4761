using Monarch.Contracts.Deployments;

namespace Monarch.Workers.Deployments.Running;

/// <summary>How a command ended.</summary>
/// <param name="Outcome">In a word.</param>
/// <param name="ExitCode">What it ended with; null when it was killed or never started.</param>
/// <param name="Reason">Why it did not succeed; null when it did.</param>
/// <param name="WasStarted">Whether there was a command.</param>
sealed record RunResult(DeploymentOutcome Outcome, int? ExitCode, string? Reason, bool WasStarted = true)
{
    public static RunResult NotStarted(string reason) => new(DeploymentOutcome.Failed, null, $"could not be started: {reason}", WasStarted: false);
}
