using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Cli.Clients;
using Monarch.Cli.Display;
using Monarch.Hosting;
using Monarch.Hosting.Startup;
using Monarch.Workers.Archive.Reading;
using Monarch.Workers.Archive.Settings;

namespace Monarch.Cli.Commands;

/// <summary>Lists the events of an archive.</summary>
static class ArchiveListCommand
{
    const string Times = "such as 2024-12-01, 2024-12-01T14:30 or 2024-12-01T14:30Z; in the zone of ARCHIVE_TIME unless it names one";

    public static Command Create()
    {
        var folder = new Argument<string?>("folder")
        {
            Description = "The archive's folder; otherwise OUTPUT_FOLDER",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => null,
        };
        var key = new Option<string?>("--key") { Description = "The routing key: * stands for one word, # for any number of them" };
        var since = new Option<string?>("--since") { Description = $"From this time on, {Times}" };
        var until = new Option<string?>("--until") { Description = "Before this time" };
        var command = new Command("list", "List archived events in the order of their times, one path on each line")
        {
            folder,
            key,
            since,
            until,
        };
        command.SetAction(
            (result, cancellationToken) =>
                RunAsync(result.GetValue(folder), result.GetValue(key), result.GetValue(since), result.GetValue(until), cancellationToken)
        );
        return command;
    }

    static async Task<int> RunAsync(string? folder, string? key, string? since, string? until, CancellationToken cancellationToken)
    {
        try
        {
            var (options, time) = Settings();
            folder ??= options.Folder;
            if (!Directory.Exists(folder))
            {
                return await Output.FailAsync(
                    ExitCodes.Usage,
                    $"'{folder}' is not a folder: give the folder of an archive, or set {ArchiveOptions.FolderKey}."
                );
            }

            var zone = options.IsUtc ? TimeZoneInfo.Utc : time.LocalTimeZone;
            var filter = new ListFilter(
                key is null ? null : new KeyPattern(key),
                Read("--since", since, zone),
                Read("--until", until, zone)
            );
            await Task.Run(() => ListAsync(folder, filter, zone, cancellationToken), cancellationToken);
            return ExitCodes.Ok;
        }
        catch (CommandFailedException e)
        {
            return await Output.FailAsync(e.ExitCode, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await Output.FailAsync(ExitCodes.Unavailable, $"'{folder}' cannot be listed: {e.Message}");
        }
        catch (InvalidOperationException e)
        {
            // A value that is not a number: the binder names the value and its key.
            return await Output.FailAsync(ExitCodes.Config, e.Message);
        }
    }

    static async Task ListAsync(string folder, ListFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        await using var output = new VisibleWriter(new StreamWriter(Console.OpenStandardOutput()));
        var listing = new ArchiveListing(
            folder,
            filter,
            zone,
            skipped => Console.Error.WriteLine($"monarch: {skipped.Path}: {skipped.Problem}")
        );
        foreach (var listed in listing.Events())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await output.WriteLineAsync(Path.Combine(folder, listed.Path));
        }
    }

    static DateTime? Read(string option, string? text, TimeZoneInfo zone)
    {
        if (text is null)
        {
            return null;
        }

        return ListTime.TryParse(text, zone, out var time)
            ? time
            : throw new CommandFailedException(ExitCodes.Usage, $"{option} is '{text}', which is not a time: write it {Times}.");
    }

    static (ArchiveOptions Options, TimeProvider Time) Settings()
    {
        var builder = MonarchHost.CreateBuilder(HostRole.Archive, new Dictionary<string, string?> { ["MONARCH_LOG_LEVEL"] = "Critical" });
        var options = new ArchiveOptions();
        builder.Configuration.Bind(options);
        using var services = builder.Services.BuildServiceProvider();
        return (options, services.GetRequiredService<TimeProvider>());
    }
}
