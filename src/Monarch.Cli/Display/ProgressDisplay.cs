using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.Hosting;
using Spectre.Console;

namespace Monarch.Cli.Display;

/// <summary>Shows a migration while it runs: bars on a terminal, a line for each change elsewhere.</summary>
static class ProgressDisplay
{
    static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static Task<(MigrationView Last, string? WaitsFor)> ShowAsync(IAsyncEnumerable<(MigrationView View, string? WaitsFor)> states) =>
        Output.Terminal.Profile.Capabilities.Interactive ? ShowBarsAsync(states) : WriteLinesAsync(states);

    static Task<(MigrationView Last, string? WaitsFor)> ShowBarsAsync(IAsyncEnumerable<(MigrationView View, string? WaitsFor)> states) =>
        Output
            .Terminal.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn()
            )
            .StartAsync(async context =>
            {
                (MigrationView, string?) last = default;
                ProgressTask? all = null;
                var bars = new Dictionary<string, ProgressTask>();
                var warned = new HashSet<string>();
                await foreach (var (view, waitsFor) in states)
                {
                    last = (view, waitsFor);
                    all ??= context.AddTask(Output.Escape(view.Source));
                    all.MaxValue = Math.Max(1, view.Repositories!.Sum(repository => repository.Total));
                    all.Value = view.Repositories!.Sum(repository => repository.Done());
                    all.Description = $"[bold]{Output.Escape(view.Source)}[/] [grey]{view.EndInWords(Now)}[/]";
                    if (view.Status > BatchStatus.Migrating)
                    {
                        all.StopTask();
                    }

                    foreach (var repository in view.Repositories!)
                    {
                        foreach (var warning in Warnings(repository).Where(warned.Add))
                        {
                            Output.Terminal.MarkupLine($"[yellow]{Output.Escape(warning)}[/]");
                        }

                        if (!bars.TryGetValue(repository.Requested, out var bar))
                        {
                            bars[repository.Requested] = bar = context.AddTask(Output.Escape(repository.Requested));
                        }

                        bar.MaxValue = Math.Max(1, repository.Total);
                        bar.Value = repository.Done();
                        var name = Output.Escape(repository.FullName ?? repository.Requested);
                        bar.Description = $"{name} [grey]{Output.Escape(repository.InWords())}[/]";
                        if (repository.Status >= RepositoryStatus.Completed)
                        {
                            bar.StopTask();
                        }
                    }
                }

                return last;
            });

    static async Task<(MigrationView Last, string? WaitsFor)> WriteLinesAsync(
        IAsyncEnumerable<(MigrationView View, string? WaitsFor)> states
    )
    {
        (MigrationView, string?) last = default;
        var printed = new Dictionary<string, string>();
        var warned = new HashSet<string>();
        DateTimeOffset? printedEnd = null;
        await foreach (var (view, waitsFor) in states)
        {
            last = (view, waitsFor);
            if (view.EndInWords(Now) is { } end && view.IsEndChanged(printedEnd, Now))
            {
                printedEnd = view.ExpectedEndAt;
                Console.WriteLine($"{view.Source}: {end}");
            }

            foreach (var repository in view.Repositories!)
            {
                var line = $"{repository.FullName ?? repository.Requested}: {repository.InWords()}";
                if (printed.GetValueOrDefault(repository.Requested) != line)
                {
                    printed[repository.Requested] = line;
                    Console.WriteLine(line);
                }

                foreach (var warning in Warnings(repository).Where(warned.Add))
                {
                    Console.WriteLine(warning);
                }
            }
        }

        return last;
    }

    /// <summary>What every copy will lack, known before the first issue; at the end the summary names it.</summary>
    static IEnumerable<string> Warnings(RepositoryView repository) =>
        repository.Status < RepositoryStatus.Completed
            ? NoteWording.Lines(repository.Notes).Select(line => $"{repository.FullName}, {line}")
            : [];
}
