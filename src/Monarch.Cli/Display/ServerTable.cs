using System.Globalization;
using Monarch.Contracts.Deployments;
using Spectre.Console;

namespace Monarch.Cli.Display;

/// <summary>Shows servers on the terminal.</summary>
static class ServerTable
{
    public static void Write(IReadOnlyList<ServerProgressed> servers)
    {
        if (servers.Count == 0)
        {
            Output.Terminal.WriteLine("No issue was moved to any server yet.");
            return;
        }

        var table = new Table().AddColumns("server", "state", "issues", "then");
        foreach (var server in servers)
        {
            table.AddRow(
                Output.Text(server.Server),
                Output.Text(server.State.ToString()),
                Output.Text(Issues(server, server.Issues.Select(issue => issue.Number))),
                Output.Text(Then(server))
            );
        }

        Output.Terminal.Write(table);
    }

    public static void WriteOne(ServerProgressed server)
    {
        Write([server]);
        if (server.Deployment is { } deployment)
        {
            Output.Terminal.WriteLine($"{server.State}, {deployment.DeploymentId}: {deployment.Command}");
        }

        if (server.Ended.Count > 0)
        {
            var table = new Table().AddColumns("ended", "outcome", "issues", "reason", "deployment");
            foreach (var ended in server.Ended)
            {
                table.AddRow(
                    Output.Text(Time(ended.EndedAt)),
                    Output.Text($"{ended.Outcome}"),
                    Output.Text(Issues(server, ended.Issues.Select(issue => issue.Number))),
                    Output.Text(ended.Reason ?? ""),
                    Output.Text($"{ended.DeploymentId}")
                );
            }

            Output.Terminal.Write(table);
            foreach (var line in server.Ended[0].Output)
            {
                // Verbatim, even on a narrow screen.
                Console.WriteLine($"  {line}");
            }
        }

        if (server.Commands.Count > 0)
        {
            var table = new Table().AddColumns("requested", "command", "by", "reason", "result");
            foreach (var given in server.Commands)
            {
                table.AddRow(
                    Output.Text(Time(given.At)),
                    Output.Text($"{given.Kind}"),
                    Output.Text(given.Actor),
                    Output.Text(given.Reason ?? ""),
                    Output.Text(given.Refusal ?? (given.Removed is { } removed ? $"done, {removed} removed" : "done"))
                );
            }

            Output.Terminal.Write(table);
        }
    }

    public static string Then(ServerProgressed server) =>
        server switch
        {
            { Pause: { } pause } when server.State == ServerStatus.Paused =>
                $"{pause.Kind}{(pause.Actor is { } actor ? $" by {actor}" : "")}{Because(pause.Reason)}; waiting to be resumed",
            { Hold: { } hold } when server.State == ServerStatus.Paused =>
                $"Held by {hold.Actor} until {(hold.Until is { } until ? Time(until) : "it is resumed")}{Because(hold.Reason)}",
            { State: ServerStatus.Deploying, Deployment: { StartedAt: { } started } running } =>
                $"{Issues(server, running.Issues.Select(issue => issue.Number))} since {Time(started)}"
                    + (IsBeingCancelled(server, started) ? ", being cancelled" : ""),
            { State: ServerStatus.Waiting } => "until fewer deployments run",
            { State: ServerStatus.Prepared } => $"{server.Deployment!.Command}",
            { State: ServerStatus.Retrying, DueAt: { } due } => $"retried at {Time(due)}",
            { DueAt: { } due } => due <= server.ChangedAt ? "deployed now" : $"deployed at {Time(due)}, or later if more issues arrive",
            _ => "",
        };

    public static string Issues(ServerProgressed server, IEnumerable<int> numbers) =>
        string.Join(", ", numbers.Select(number => IssueId.Of(server.Project, number)));

    static bool IsBeingCancelled(ServerProgressed server, DateTimeOffset since) =>
        server.Commands.Any(given => given is { Kind: SteeringKind.Cancel, Refusal: null } && given.At >= since);

    static string Because(string? reason) => reason is null ? "" : $": {reason}";

    static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "";
}
