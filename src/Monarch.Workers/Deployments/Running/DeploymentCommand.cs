using Microsoft.Extensions.Options;
using Monarch.Contracts.Deployments;
using Monarch.Workers.Deployments.Settings;

namespace Monarch.Workers.Deployments.Running;

/// <summary>Expands the configured command for each deployment.</summary>
sealed class DeploymentCommand(IOptions<DeploymentOptions> options)
{
    readonly CommandTemplate _template = CommandTemplate.TryParse(options.Value.Command, out var template, out var problem)
        ? template
        : throw new ArgumentException($"{DeploymentOptions.CommandKey} is a command {problem}.", nameof(options));

    /// <summary>The program and its arguments.</summary>
    public IReadOnlyList<string> Of(string server, string project, IssueStatus status, IReadOnlyList<int> numbers) =>
        _template.Expand(server, project, status, numbers);

    /// <summary>The command line that a person would type.</summary>
    public string Text(string server, string project, IssueStatus status, IReadOnlyList<int> numbers) =>
        CommandLine.Text(Of(server, project, status, numbers));
}
