using Monarch.Contracts.Deployments;

namespace Monarch.Workers.Deployments.Running;

/// <summary>The command of each deployment, made from the configured template.</summary>
sealed class DeploymentCommand
{
    public string Text(string server, string project, IssueStatus status, IReadOnlyList<int> numbers) => $"python -m wwts.devops.deploy {server} {string.Join(' ', numbers.Select(n => IssueId.Of(project, n)))}";
}
