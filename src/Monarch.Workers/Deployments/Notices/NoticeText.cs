using System.Globalization;
using Monarch.Contracts.Deployments;
using Monarch.Hosting;
using static Monarch.Workers.Slack.Client.SlackText;

namespace Monarch.Workers.Deployments.Notices;

/// <summary>The notices, in Slack's mrkdwn.</summary>
static class NoticeText
{
    const int IssuesShown = 40;
    const int LinesShown = 15;
    const int LineLength = 200;
    const int CommandLength = 2000;

    public static string Queued(ServerProgressed server) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $":inbox_tray: *{Escape(server.Server)}*: {Issues(server, server.Issues.Select(issue => issue.Number))} queued, deployed at "
                + $"{server.DueAt:HH:mm} UTC or later, when no more arrive"
        );

    public static string Begun(ServerProgressed server, DeploymentRecord deployment)
    {
        var issues = Issues(server, deployment.Issues.Select(issue => issue.Number));
        return server.State == ServerStatus.Prepared
            ? $":memo: *{Escape(server.Server)}*: {issues} ready to be deployed: `{Cut(Escape(deployment.Command ?? ""), CommandLength)}`"
            : $":rocket: *{Escape(server.Server)}*: deploying {issues}";
    }

    public static string Ended(ServerProgressed server, DeploymentRecord deployment)
    {
        var (name, issues) = ($"*{Escape(server.Server)}*", Issues(server, deployment.Issues.Select(issue => issue.Number)));
        if (deployment.Outcome == DeploymentOutcome.Succeeded)
        {
            return $":white_check_mark: {name}: deployed {issues}{Duration(deployment)}";
        }

        var icon = deployment.Outcome == DeploymentOutcome.Cancelled ? ":no_entry_sign:" : ":x:";
        var outcome = $"{deployment.Outcome}".ToLowerInvariant();
        var output = deployment.Output.TakeLast(LinesShown).Select(line => Cut(Escape(line), LineLength)).ToList();
        return $"{icon} {name}: deployment of {issues} {outcome}{Duration(deployment)}: "
            + $"{Escape(Sentences.Of(deployment.Reason ?? "unknown reason"))} {Escape(NextStep(server))}"
            + (output.Count > 0 ? $"\n```{string.Join('\n', output)}```" : "");
    }

    static string NextStep(ServerProgressed server) =>
        server switch
        {
            { Pause: not null } or { Hold: not null } => $"The server is paused: monarch usher resume {server.Server}",
            { DueAt: { } due } => string.Create(CultureInfo.InvariantCulture, $"Retrying at {due:HH:mm} UTC."),
            _ => "",
        };

    static string Duration(DeploymentRecord deployment) =>
        deployment is { StartedAt: { } started, EndedAt: { } ended } && ended > started
            ? (ended - started) is var elapsed && elapsed.TotalMinutes >= 1
                ? string.Create(CultureInfo.InvariantCulture, $" after {(int)elapsed.TotalMinutes} min {elapsed.Seconds} s")
                : string.Create(CultureInfo.InvariantCulture, $" after {elapsed.TotalSeconds:0} s")
            : "";

    static string Issues(ServerProgressed server, IEnumerable<int> numbers)
    {
        var ids = numbers.Select(number => IssueId.Of(server.Project, number)).ToList();
        return ids.Count <= IssuesShown
            ? string.Join(", ", ids)
            : $"{string.Join(", ", ids.Take(IssuesShown))} and {ids.Count - IssuesShown} more";
    }
}
