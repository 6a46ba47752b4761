using System.Globalization;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.Hosting;
using Spectre.Console;

namespace Monarch.Cli.Display;

/// <summary>Prints the result of a migration with every failure.</summary>
static class SummaryTable
{
    public static void Write(MigrationView view)
    {
        Output.Terminal.Write(Of(view));
        Console.WriteLine(Headline(view));
        if (view.Copy is { } copy)
        {
            Console.WriteLine($"Options: {copy.InWords()}");
        }

        if (view.TraceId is { } trace)
        {
            Console.WriteLine($"Trace {trace}");
        }

        foreach (var repository in view.Repositories!)
        {
            WriteFailures(repository);
        }
    }

    /// <summary>A row for each repository. Names and messages are printed as text, never as markup.</summary>
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
                Output.Escape(repository.FullName ?? repository.Requested),
                repository.Status == RepositoryStatus.Completed
                    ? $"[green]{repository.InWords()}[/]"
                    : $"[yellow]{Output.Escape(repository.InWords())}[/]",
                Number(repository.Total),
                Number(repository.Created),
                Number(repository.AlreadyThere),
                Number(repository.Rejected)
            );
        }

        return table;
    }

    static string Headline(MigrationView view)
    {
        var duration = (view.EndedAt - view.RequestedAt) is { } time
            ? string.Create(CultureInfo.InvariantCulture, $" in {time.TotalSeconds:0.0} s")
            : "";
        var created = view.Repositories!.Sum(r => r.Created);
        return view.Status switch
        {
            BatchStatus.Completed => $"All issues of {view.Source} are in {Count.Of(view.RepositoryCount, "repository", "repositories")}, "
                + $"{created} of them new{duration}.",
            BatchStatus.Skipped when view.Copy?.Issues is not null => $"No issue of {view.Source} meets the conditions: nothing to do.",
            BatchStatus.Skipped => $"{view.Source} has no open issues: nothing to do.",
            BatchStatus.Failed when view.Failure is { } failure => $"Failed: {failure.InWords()}",
            BatchStatus.Failed => "Failed in every repository.",
            BatchStatus.CompletedWithFailures => $"Completed with failures{duration}; {New(created)}.",
            BatchStatus.Cancelled =>
                $"Cancelled{view.Because(InterventionKind.Cancel)}{duration}; {New(created)}, and {(created == 1 ? "stays" : "stay")}.",
            _ when view.IsPaused => $"Paused{view.Because(InterventionKind.Pause)}; {New(created)}.",
            _ => $"Not ended; {New(created)}.",
        };
    }

    static string New(int created) => $"{Count.Of(created, "issue")} {(created == 1 ? "is" : "are")} new";

    static void WriteFailures(RepositoryView repository)
    {
        if (repository is { Status: RepositoryStatus.Failed, Failure: { } failure })
        {
            Console.WriteLine($"{repository.FullName ?? repository.Requested}: {failure.InWords()}");
        }

        foreach (var issue in repository.RejectedIssues)
        {
            Console.WriteLine($"{repository.FullName}, issue {issue.Number} \"{issue.Title}\": {issue.Failure.InWords()}");
        }

        foreach (var note in NoteWording.Lines(repository.Notes))
        {
            Console.WriteLine($"{repository.FullName}, {note}");
        }
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
