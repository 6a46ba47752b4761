using System.Text.Json;
using Monarch.Bridge.Deployments;
using Monarch.Contracts.Deployments;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge.Deployments;

/// <summary>The behaviour of every implementation of the views of servers.</summary>
public abstract class ServerViewsTest : IAsyncLifetime
{
    private protected IServerViews Views { get; set; } = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task Should_show_all_fields_of_a_server()
    {
        var everything = new ServerProgressed
        {
            ServerId = ServerId.Of("ABC", IssueStatus.Beta),
            Version = 1_773_133_200_123,
            Server = "beta.abc.wwts.com",
            Project = "ABC",
            Status = IssueStatus.Beta,
            State = ServerStatus.Deploying,
            ChangedAt = FakeTime.Start,
            Issues =
            [
                new()
                {
                    Number = 7,
                    MovedAt = FakeTime.Start.AddTicks(1),
                    QueuedAt = FakeTime.Start,
                    RequeuedAt = FakeTime.Start,
                },
            ],
            DueAt = FakeTime.Start.AddMinutes(2),
            Hold = new()
            {
                Reason = "a \"demo\"\nwith 🚀",
                Actor = "Ada",
                Since = FakeTime.Start,
                Until = FakeTime.Start.AddHours(1),
            },
            Pause = new()
            {
                Kind = PauseKind.Failed,
                Reason = "exited with code 3",
                Since = FakeTime.Start,
            },
            Deployment = Deployment() with { EndedAt = null, Outcome = null, ExitCode = null, Reason = null, Output = [] },
            Ended = [Deployment()],
            Commands =
            [
                new()
                {
                    CommandId = Guid.NewGuid(),
                    Kind = SteeringKind.Drop,
                    Actor = "Ada",
                    At = FakeTime.Start,
                    Refusal = "no",
                    Removed = 3,
                },
            ],
            SavedIntakeIds = ["1-0"],
        };

        await Views.ApplyAsync(everything, Token);

        var all = JsonSerializer.Serialize(everything);
        JsonSerializer.Serialize(await Views.FindAsync(everything.ServerId, Token)).ShouldBe(all);
        JsonSerializer.Serialize((await Views.ListAsync(Token)).ShouldHaveSingleItem()).ShouldBe(all);
    }

    [Fact]
    public async Task Should_start_without_servers()
    {
        (await Views.FindAsync(Guid.NewGuid(), Token)).ShouldBeNull();
        (await Views.ListAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_list_the_servers_by_name()
    {
        foreach (var project in new[] { "XYZ", "ABC", "MNO" })
        {
            await Views.ApplyAsync(View(project, 1), Token);
        }

        (await Views.ListAsync(Token)).Select(view => view.Project).ShouldBe(["ABC", "MNO", "XYZ"]);
    }

    [Fact]
    public async Task Should_replace_the_same_or_an_older_version_only()
    {
        await Views.ApplyAsync(View("ABC", 1_773_133_200_123), Token);
        await Views.ApplyAsync(View("ABC", 1_773_133_200_124, ServerStatus.Paused), Token);
        await Views.ApplyAsync(View("ABC", 1_773_133_200_123, ServerStatus.Deploying), Token);
        await Views.ApplyAsync(View("ABC", 9, ServerStatus.Deploying), Token);
        (await StateAsync()).ShouldBe(ServerStatus.Paused);

        await Views.ApplyAsync(View("ABC", 1_773_133_200_124, ServerStatus.Settling), Token);
        (await StateAsync()).ShouldBe(ServerStatus.Settling);

        async Task<ServerStatus?> StateAsync() => (await Views.FindAsync(ServerId.Of("ABC", IssueStatus.Test), Token))?.State;
    }

    [Fact]
    public async Task Should_show_the_newest_of_concurrent_versions()
    {
        await Task.WhenAll(Enumerable.Range(1, 50).Select(version => Views.ApplyAsync(View("ABC", version), Token)));

        (await Views.ListAsync(Token)).ShouldHaveSingleItem().Version.ShouldBe(50);
    }

    static ServerProgressed View(string project, long version, ServerStatus state = ServerStatus.Idle) =>
        new()
        {
            ServerId = ServerId.Of(project, IssueStatus.Test),
            Version = version,
            Server = $"test.{project.ToLowerInvariant()}.wwts.com",
            Project = project,
            Status = IssueStatus.Test,
            State = state,
            ChangedAt = FakeTime.Start,
            Issues = [],
            Ended = [],
            Commands = [],
            SavedIntakeIds = [],
        };

    static DeploymentRecord Deployment() =>
        new()
        {
            DeploymentId = Guid.NewGuid(),
            Number = 3,
            Issues = [new() { Number = 7, MovedAt = FakeTime.Start }],
            RequestedAt = FakeTime.Start,
            Command = "deploy beta.abc.wwts.com ABC-7",
            StartedAt = FakeTime.Start,
            EndedAt = FakeTime.Start.AddMinutes(20),
            Outcome = DeploymentOutcome.Failed,
            ExitCode = 3,
            Reason = "exit code 3",
            Output = ["one", "two"],
        };
}
