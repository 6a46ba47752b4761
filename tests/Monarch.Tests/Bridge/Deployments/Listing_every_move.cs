using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Deployments;
using Monarch.Bridge.Intake;
using Monarch.Contracts.Deployments;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge.Deployments;

/// <summary>A move passes from the stream to its server's view, and is always listed.</summary>
public sealed class Listing_every_move
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_list_a_move_that_is_saved_while_it_is_listed()
    {
        var stream = new WatchedStream(new InMemoryIntakeStream(TimeProvider.System));
        await using var host = await UsherHost.StartAsync(services =>
            services.AddKeyedSingleton<IIntakeStream>(MoveEntries.Stream, stream)
        );
        host.Saga.Saves = false;
        await host.SendAsync("POST", "/messages/", """{"issue_id": "ABC-1", "status": "test"}""");
        stream.BeforeReading = async () =>
        {
            stream.BeforeReading = () => Task.CompletedTask;
            await host.Services.GetRequiredService<IServerViews>().ApplyAsync(View(1), Token);
            await stream.RemoveAsync([.. (await stream.ReadAllAsync(Token)).Select(entry => entry.Id)], Token);
        };

        (await host.SendAsync("GET", "/messages/")).Body.GetRawText().ShouldBe("""[{"issue_id":"ABC-1","status":"test"}]""");
    }

    [Fact]
    public async Task Should_show_a_saved_move_before_it_leaves_the_stream()
    {
        var (stream, seen) = (new WatchedStream(new InMemoryIntakeStream(TimeProvider.System)), new List<int>());
        await using var host = await UsherHost.StartAsync(services =>
            services.AddKeyedSingleton<IIntakeStream>(MoveEntries.Stream, stream)
        );
        stream.BeforeRemoving = async () =>
        {
            var views = await host.Services.GetRequiredService<IServerViews>().ListAsync(Token);
            seen.Add(views.Sum(view => view.Issues.Count));
        };

        await host.SendAsync("POST", "/messages/", """{"issue_id": "ABC-1", "status": "test"}""");
        await host.SavedAsync();

        seen.ShouldBe([1]);
    }

    static ServerProgressed View(int number) =>
        new()
        {
            ServerId = ServerId.Of("ABC", IssueStatus.Test),
            Version = 1,
            Server = "test.abc.wwts.com",
            Project = "ABC",
            Status = IssueStatus.Test,
            State = ServerStatus.Settling,
            ChangedAt = FakeTime.Start,
            Issues =
            [
                new()
                {
                    Number = number,
                    MovedAt = FakeTime.Start,
                    QueuedAt = FakeTime.Start,
                    RequeuedAt = FakeTime.Start,
                },
            ],
            Ended = [],
            Commands = [],
            SavedIntakeIds = [],
        };
}
