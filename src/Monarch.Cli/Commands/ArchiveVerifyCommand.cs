using System.CommandLine;
using Monarch.Cli.Display;
using Monarch.Hosting;
using Monarch.Workers.Archive.Reading;

namespace Monarch.Cli.Commands;

/// <summary>Checks an archive's folder for damage.</summary>
static class ArchiveVerifyCommand
{
    const int Damaged = 1;

    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "The archive's folder" };
        var command = new Command(
            "verify",
            "Check every file of an archive, and its SHA-256 where a manifest has it; exit code 1 when one is damaged"
        )
        {
            folder,
        };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetRequiredValue(folder), cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            return await Output.FailAsync(ExitCodes.Usage, $"'{folder}' is not a folder: give the folder of an archive (OUTPUT_FOLDER).");
        }

        try
        {
            await using var output = new VisibleWriter(new StreamWriter(Console.OpenStandardOutput()));
            var verification = new ArchiveVerification(
                folder,
                finding => output.WriteLine($"{(finding.IsFault ? "" : "note: ")}{finding.Path}: {finding.Problem}")
            );
            var summary = await Task.Run(() => verification.Run(cancellationToken), cancellationToken);
            await output.WriteLineAsync(Sentence(summary));
            return summary.Faults > 0 ? Damaged : ExitCodes.Ok;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await Output.FailAsync(ExitCodes.Unavailable, $"'{folder}' cannot be verified: {e.Message}");
        }
    }

    static string Sentence(VerificationSummary summary) =>
        $"{Count.Of(summary.Events, "event")}, {Count.Of(summary.Lines, "line")} in {Count.Of(summary.Segments, "segment")}, "
        + $"{summary.Rejected} rejected; "
        + $"{Count.Of(summary.Entries, "manifest entry", "manifest entries")}, {Count.Of(summary.WithoutEntry, "file")} without one; "
        + $"{Count.Of(summary.Notes, "note")}, {Count.Of(summary.Faults, "fault")}.";
}
