using System.Globalization;
using Monarch.Bridge.DryRuns;
using Monarch.Bridge.Intake;
using Monarch.Contracts.DryRuns;
using Monarch.Hosting;
using Spectre.Console;

namespace Monarch.Cli.Display;

/// <summary>Prints the result of a dry run: a row for each repository, the total, every warning, and an example.</summary>
static class DryRunTable
{
    const int NamesShown = 20;
    const int RepositoriesShown = 3;

    public static void Write(DryRunView view)
    {
        Output.Terminal.Write(Of(view));
        foreach (var line in Total(view))
        {
            Console.WriteLine(line);
        }

        if (view.Copy is { } copy)
        {
            Console.WriteLine($"Options: {copy.InWords()}");
        }

        // Most repositories of a class are in the same state.
        foreach (var same in view.Repositories.SelectMany(Details).GroupBy(detail => detail.Line, detail => detail.Repository))
        {
            Console.WriteLine($"{Names(same.Distinct(), same.Count(), RepositoriesShown)}: {same.Key}");
        }

        if (view.Example is { } example)
        {
            Console.WriteLine();
            Console.WriteLine($"Issue {example.Number} would become:");
            Console.WriteLine($"  {VisibleText.Line(example.Title)}");
            Console.WriteLine();
            foreach (var line in example.Body.Split('\n'))
            {
                Console.WriteLine($"  {line}");
            }

            if (example.IsShortened)
            {
                Console.WriteLine("  …");
            }
        }
    }

    /// <summary>A row for each repository. Names are printed as text, never as markup.</summary>
    public static Table Of(DryRunView view)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Repository", "Result");
        foreach (var column in new[] { "Create", "Change", "Already there", "Labels", "Milestones", "Requests" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var repository in view.Repositories)
        {
            var plan = repository.Plan;
            table.AddRow([
                Output.Escape(plan?.FullName ?? repository.Requested),
                plan is { Rejected.Count: 0, Notes.Count: 0 }
                    ? $"[green]{repository.InWords()}[/]"
                    : $"[yellow]{Output.Escape(repository.InWords())}[/]",
                Number(plan?.Create),
                Number(plan?.Change),
                Number(plan?.AlreadyThere),
                Number(plan?.Labels.Count),
                Number(plan?.Milestones.Count),
                Number(plan is null ? null : plan.Create + plan.Comments + plan.Writes + plan.Reads),
            ]);
        }

        return table;
    }

    static IEnumerable<string> Total(DryRunView view)
    {
        if (view is { Status: DryRunStatus.Failed, Failure: { } failure })
        {
            yield return $"Nothing can be migrated: {failure.InWords()}";
            yield break;
        }

        var ready = view.Repositories.Count(repository => repository.Status == DryRunTargetStatus.Checked);
        var comments = view.Comments > 0 ? $" with {Count.Of(view.Comments, "comment")}" : "";
        var changed = view.Change > 0 ? $" and {Count.Of(view.Change, "existing copy", "existing copies")} changed" : "";
        yield return $"Nothing was changed. {Count.Of(view.Create, "issue")} of {view.Source}{comments} would be created in "
            + $"{Count.Of(ready, "repository", "repositories")}{changed}.";
        var time = view.Duration is { Seconds: { } seconds } ? $" in about {Wording.Rounded(TimeSpan.FromSeconds(seconds))}" : "";
        yield return $"That takes {Count.Of(view.Create + view.Comments, "request")} to create {(view.Comments > 0 ? "issues and comments" : "issues")}, {view.Writes} to change something else and about "
            + $"{view.Reads} to read{time}. {view.Duration?.Basis}".TrimEnd();
    }

    static IEnumerable<(string Repository, string Line)> Details(DryRunRepositoryView repository) =>
        from line in (string[])
            [
                .. repository.Failure is { } failure ? [failure.InWords()] : Array.Empty<string>(),
                .. repository.Plan is { } plan ? Parts(plan) : [],
            ]
        select (repository.Plan?.FullName ?? repository.Requested, line);

    static IEnumerable<string> Parts(TargetPlan plan)
    {
        if (plan.Create > 0)
        {
            yield return $"would create issues {Names(plan.ToCreate.Select(NumberOf), plan.Create)}";
        }

        if (plan.Change > 0)
        {
            yield return $"would change the copies of issues {Names(plan.ToChange.Select(NumberOf), plan.Change)}";
        }

        if (plan.Labels.Count > 0)
        {
            yield return $"would create labels {Names(plan.Labels, plan.Labels.Count)}";
        }

        if (plan.Milestones.Count > 0)
        {
            yield return $"would create milestones {Names(plan.Milestones, plan.Milestones.Count)}";
        }

        if (plan.IsListingIncomplete)
        {
            yield return "GitHub counts more open issues than it lists, so a copy may be missing above. A migration waits for the list.";
        }

        foreach (var issue in plan.Rejected)
        {
            yield return $"issue {issue.Number} \"{issue.Title}\": {issue.Failure.InWords()}";
        }

        foreach (var note in NoteWording.Lines(plan.Notes))
        {
            yield return note;
        }
    }

    static string NumberOf(PlannedIssue issue) => issue.Number.ToString(CultureInfo.InvariantCulture);

    static string Names(IEnumerable<string> names, int count, int most = NamesShown)
    {
        var shown = names.Take(most).ToList();
        return string.Join(", ", shown) + (count > shown.Count ? $" and {count - shown.Count} more" : "");
    }

    static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
