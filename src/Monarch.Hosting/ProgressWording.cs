using System.Globalization;
using Monarch.Contracts.Migrations;

namespace Monarch.Hosting;

/// <summary>The wording of a repository migration that has not ended, the same on the command line and in Slack.</summary>
public static class ProgressWording
{
    /// <summary>The state in a few words; null when it has ended.</summary>
    /// <param name="status">The status.</param>
    /// <param name="isPaused">Whether it is paused.</param>
    /// <param name="waiting">The reason and the end of a wait in words; null when it does not wait.</param>
    /// <param name="done">How many issues are done.</param>
    /// <param name="total">How many issues the target is to have; 0 until the source is read.</param>
    public static string? Of(RepositoryStatus status, bool isPaused, string? waiting, int done, int total)
    {
        var figures = string.Create(CultureInfo.InvariantCulture, $"{done}/{total}");
        return status switch
        {
            _ when isPaused => total > 0 ? $"{figures}, paused" : "paused",
            _ when waiting is not null => $"{figures}, {waiting}",
            RepositoryStatus.Resolving => "queued",
            RepositoryStatus.Preparing => "reading existing issues",
            RepositoryStatus.Copying => figures,
            RepositoryStatus.Finishing => $"{figures}, finishing",
            _ => null,
        };
    }

    /// <summary>A wait in words.</summary>
    /// <param name="until">Its end (UTC).</param>
    /// <param name="reason">Its reason.</param>
    public static string Waiting(DateTimeOffset until, string? reason) =>
        string.Create(CultureInfo.InvariantCulture, $"waiting until {until:HH:mm:ss} UTC: {reason}");
}
