using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Slack.Notifications;

namespace Monarch.Cli.Following;

/// <summary>Lets Slack hear the end before the process goes, but does not wait long for a Slack that is down.</summary>
static class SlackWait
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task UntilToldAsync(IServiceProvider services, MigrationView ended, CancellationToken cancellationToken)
    {
        if (ended.NotificationChannel is null || ended.Status <= BatchStatus.Migrating)
        {
            return;
        }

        var notifications = services.GetRequiredService<ILoadSagaRepository<SlackNotificationState>>();
        var began = TimeProvider.System.GetTimestamp();
        while (await notifications.Load(ended.Id) is { EndedAt: null })
        {
            if (TimeProvider.System.GetElapsedTime(began) > Longest)
            {
                await Console.Error.WriteLineAsync($"monarch: Slack could not be told in {Longest.TotalSeconds} seconds. The migration itself is not affected.");
                return;
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }
}
