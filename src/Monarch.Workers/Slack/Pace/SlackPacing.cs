using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.Slack;
using Monarch.Workers.Slack.Client;

namespace Monarch.Workers.Slack.Pace;

/// <summary>Keeps within Slack's limits: one message a second in a channel, and a number of updates per minute.</summary>
sealed class SlackPacing(ISlackPace pace, IOptions<SlackPaceOptions> options, TimeProvider time)
{
    // Several hundred messages a minute are allowed in a workspace.
    static readonly SlackLimit Messages = new("messages", TimeSpan.FromMilliseconds(200), 5);

    const int UpdatesAtOnce = 5;

    /// <summary>The consumer waits for a turn that is at most this far ahead; for a later one the command is deferred.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <summary>Waits for the turn of a message.</summary>
    /// <exception cref="SlackException">The turn is too far ahead; the failure has its time and is not a refusal of Slack.</exception>
    public async Task WaitAsync(PostSlackMessage command, CancellationToken cancellationToken)
    {
        var limits = Limits(command);
        if (limits.Count == 0)
        {
            return;
        }

        var turn = await pace.TakeAsync(limits, Longest, cancellationToken);
        if (!turn.IsReserved)
        {
            // Spreads the retries of commands that are deferred together.
            var spread = Longest * Random.Shared.NextDouble();
            throw new SlackException(
                new Failure
                {
                    Kind = FailureKind.Throttled,
                    Message = "Other messages to Slack come first: it accepts about one per second in a channel.",
                    RetryAt = time.GetUtcNow() + turn.Wait + spread,
                }
            );
        }

        await Task.Delay(turn.Wait, time, cancellationToken);
    }

    /// <summary>Blocks all workers until the time that Slack named when it throttled a message.</summary>
    public Task CloseAsync(PostSlackMessage command, DateTimeOffset until, CancellationToken cancellationToken) =>
        pace.CloseAsync(Limits(command), until - time.GetUtcNow(), cancellationToken);

    List<SlackLimit> Limits(PostSlackMessage command)
    {
        var settings = options.Value;
        if (command.Timestamp is not null)
        {
            return settings.UpdatesPerMinute > 0
                ? [new("updates", TimeSpan.FromMinutes(1) / settings.UpdatesPerMinute, UpdatesAtOnce)]
                : [];
        }

        return settings.MessageIntervalSeconds > 0
            ? [new($"channel:{command.Channel.TrimStart('#')}", TimeSpan.FromSeconds(settings.MessageIntervalSeconds), 1), Messages]
            : [];
    }
}
