using System.Globalization;
using Monarch.Bridge.Status;
using Monarch.Cli.Commands;
using Monarch.Contracts.Migrations;
using Spectre.Console;

namespace Monarch.Cli.Following;

/// <summary>Says how a migration went, with every failure.</summary>
static class SummaryTable
{
    public static void Write(MigrationView view)
    {
        Output.Terminal.Write(Of(view));
        Console.WriteLine(Headline(view));
        if (view.TraceId is { } trace)
        {
            Console.WriteLine($"Trace {trace}");
        }

        foreach (var repository in view.Repositories!)
        {
            WriteFailures(repository);
        }
    }

    /// <summary>A row for each repository. Names and messages are text in it, never markup.</summary>
    public static Table Of(MigrationView view)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Repository", "Result");
        foreach (var column in new[] { "Issues", "Created", "Already there", "Rejected" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var repository in view.Repositories!)
        {
            table.AddRow(
                Markup.Escape(repository.FullName ?? repository.Requested),
                repository.Status == RepositoryStatus.Completed ? $"[green]{repository.InWords()}[/]" : $"[yellow]{Markup.Escape(repository.InWords())}[/]",
                Number(repository.Total),
                Number(repository.Created),
                Number(repository.AlreadyThere),
                Number(repository.Rejected));
        }

        return table;
    }

    static string Headline(MigrationView view)
    {
        var took = (view.EndedAt - view.RequestedAt) is { } time ? string.Create(CultureInfo.InvariantCulture, $" in {time.TotalSeconds:0.0} s") : "";
        var created = view.Repositories!.Sum(r => r.Created);
        return view.Status switch
        {
            BatchStatus.Completed => $"All issues of {view.Source} are in {view.RepositoryCount} repositories, {created} of them new{took}.",
            BatchStatus.Skipped => $"{view.Source} has no open issues: nothing to do.",
            BatchStatus.Failed when view.Failure is { } failure => $"Failed: {failure.Message} {failure.Remedy}",
            BatchStatus.Failed => "Failed in every repository.",
            BatchStatus.CompletedWithFailures => $"Completed with failures{took}; {created} issues are new.",
            BatchStatus.Cancelled => $"Cancelled{view.Because(InterventionKind.Cancel)}{took}; {created} issues are new, and stay.",
            _ when view.IsPaused => $"Paused{view.Because(InterventionKind.Pause)}; {created} issues are new.",
            _ => $"Not ended; {created} issues are new.",
        };
    }

    static void WriteFailures(RepositoryView repository)
    {
        if (repository is { Status: RepositoryStatus.Failed, Failure: { } failure })
        {
            Console.WriteLine($"{repository.FullName ?? repository.Requested}: {failure.Message} {failure.Remedy}");
        }

        foreach (var issue in repository.RejectedIssues)
        {
            Console.WriteLine($"{repository.FullName}, issue {issue.Number} \"{issue.Title}\": {issue.Failure.Message} {issue.Failure.Remedy}");
        }
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
