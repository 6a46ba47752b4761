using Monarch.Tests.Slack;
using Monarch.Workers.Slack.Pace;
using Xunit;

namespace Monarch.IntegrationTests.Workers;

public sealed class Pacing_Slack_in_Redis(WorkersDatabase database) : PacingSuite, IClassFixture<WorkersDatabase>
{
    // Each call simulates another process.
    private protected override ISlackPace Pace => new RedisSlackPace(database.Connection());

    protected override TimeSpan Slack => TimeSpan.FromSeconds(1);
}
