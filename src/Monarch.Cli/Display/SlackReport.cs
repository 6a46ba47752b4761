using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Hosting;
using Monarch.Workers.Slack.Client;
using Monarch.Workers.Slack.Notifications;

namespace Monarch.Cli.Display;

/// <summary>
/// Waits briefly until Slack shows the end, and reports once on standard error what Slack does not show, and why.
/// </summary>
static class SlackReport
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task WriteAsync(IServiceProvider services, MigrationView view, CancellationToken cancellationToken)
    {
        if (view.NotificationChannel is { } channel && await ProblemAsync(services, view, cancellationToken) is { } problem)
        {
            await Console.Error.WriteLineAsync(
                $"monarch: Slack's channel {channel} does not show all of this: {problem} The migration itself is not affected."
            );
        }
    }

    static async Task<string?> ProblemAsync(IServiceProvider services, MigrationView view, CancellationToken cancellationToken)
    {
        if (!services.GetRequiredService<IOptions<SlackOptions>>().Value.IsOn)
        {
            return "SLACK_BOT_TOKEN is not set. Set it to a bot token with chat:write.";
        }

        var notifications = services.GetRequiredService<ILoadSagaRepository<SlackNotificationState>>();
        var began = TimeProvider.System.GetTimestamp();
        for (; ; )
        {
            var notification = await notifications.Load(view.Id);
            // Without another token the next attempt fails as well.
            if (notification is { EndedAt: not null } or { Refusal.Kind: FailureKind.Unauthorised } || view.Status <= BatchStatus.Migrating)
            {
                return notification?.Refusal?.InWords();
            }

            if (TimeProvider.System.GetElapsedTime(began) > Longest)
            {
                return Sentences.Of($"it could not be reached in {Longest.TotalSeconds:0} seconds", notification?.Refusal?.InWords());
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }
}
