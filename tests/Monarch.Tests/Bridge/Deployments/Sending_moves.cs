using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Deployments;
using Monarch.Bridge.Intake;
using Monarch.Contracts.Deployments;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge.Deployments;

public sealed class Sending_moves
{
    static readonly (string, string) ResendSoon = ("INTAKE_RESEND_AFTER", "0.1");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_send_each_move_to_its_server()
    {
        await using var host = await UsherHost.StartAsync();
        var moved = FakeTime.Start;
        await AddAsync(host, new("ABC", 7, IssueStatus.Beta, moved));
        await AddAsync(host, new("ABC", 7, IssueStatus.Test, moved));
        await AddAsync(host, new("XYZ", 8, IssueStatus.Test, moved));

        await host.SavedAsync();

        var sent = host.Saga.Received.SelectMany(message =>
            message.Moves.Select(move => (message.ServerId, message.Project, message.Status, move.Number, move.MovedAt))
        );
        sent.Distinct()
            .ShouldBe(
                [
                    (ServerId.Of("ABC", IssueStatus.Beta), "ABC", IssueStatus.Beta, 7, moved),
                    (ServerId.Of("ABC", IssueStatus.Test), "ABC", IssueStatus.Test, 7, moved),
                    (ServerId.Of("XYZ", IssueStatus.Test), "XYZ", IssueStatus.Test, 8, moved),
                ],
                ignoreOrder: true
            );
        (await ViewsAsync(host)).Select(view => view.Server).ShouldBe(["beta.abc.wwts.com", "test.abc.wwts.com", "test.xyz.wwts.com"]);
    }

    [Fact]
    public async Task Should_send_moves_of_one_server_in_one_message()
    {
        await using var host = await UsherHost.StartAsync(services =>
            services.AddKeyedSingleton<IIntakeStream>(MoveEntries.Stream, (_, _) => Filled(20))
        );

        await host.SavedAsync();

        host.Saga.Received.ShouldHaveSingleItem().Moves.Select(move => move.Number).ShouldBe(Enumerable.Range(1, 20));
        (await ViewsAsync(host)).ShouldHaveSingleItem().Issues.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Should_send_again_with_the_same_time_until_it_is_saved()
    {
        await using var host = await UsherHost.StartAsync(ResendSoon);
        host.Saga.Saves = false;
        await AddAsync(host, new("ABC", 7, IssueStatus.Beta));
        await Until.TrueAsync(() => host.Saga.Received.Count >= 3, "it is sent three times");

        host.Saga.Received.Select(message => message.Moves.ShouldHaveSingleItem()).Distinct().Count().ShouldBe(1);
        host.Saga.Saves = true;
        await host.SavedAsync();
    }

    [Fact]
    public async Task Should_limit_the_time_of_a_move_to_that_of_its_report()
    {
        await using var host = await UsherHost.StartAsync();
        await AddAsync(host, new("ABC", 7, IssueStatus.Beta, DateTimeOffset.MaxValue));
        await host.SavedAsync();

        host.Saga.Received[0].Moves[0].MovedAt.Year.ShouldBeLessThan(9999);
    }

    [Theory]
    [InlineData("issue=ABC-1;status=prod", "status 'prod' is not a status with a server")]
    [InlineData("issue=ABC-;status=test", "issue 'ABC-' is not PROJECT-NUMBER")]
    [InlineData("issue=ABC-1;status=test;at=soon", "at 'soon' is not a time")]
    [InlineData("issue=ABC-1;status=test;at=9223372036854775807", "at '9223372036854775807' is not a time")]
    [InlineData("issue=NIX-1;status=test", "issue 'NIX-1' is of the project NIX, which is not configured.")]
    [InlineData("status=test", "The entry of monarch:moves has no field 'issue'")]
    [InlineData("issue=ABC-1", "The entry of monarch:moves has no field 'status'")]
    [InlineData("message={}", "The entry of monarch:moves has no field 'issue'")]
    public async Task Should_refuse_a_bad_entry_of_another_program_and_serve_the_next(string entry, string fault)
    {
        await using var host = await UsherHost.StartAsync();
        await host.Stream.AddAsync(
            entry.Split(';').Select(field => field.Split('=')).ToDictionary(field => field[0], field => field[1]),
            Token
        );
        await host.Stream.AddAsync(new Dictionary<string, string> { ["issue"] = "abc-2", ["status"] = "test" }, Token);

        await host.SavedAsync();

        host.Saga.Received.ShouldHaveSingleItem().Moves.ShouldHaveSingleItem().Number.ShouldBe(2);
        var rejection = (await host.Services.GetRequiredService<IRejectionStore>().GetNewestAsync(10, Token)).ShouldHaveSingleItem();
        rejection.Origin.ShouldBe("stream monarch:moves");
        rejection.Faults[0].ShouldStartWith(fault);
        rejection.Payload.ShouldBe(entry.Replace(';', '\n'));
    }

    [Fact]
    public async Task Should_send_moves_that_a_Bridge_with_other_projects_accepted()
    {
        await using var host = await UsherHost.StartAsync();
        await AddAsync(host, new("NIX", 1, IssueStatus.Test));

        await host.SavedAsync();

        host.Saga.Received.ShouldHaveSingleItem().Project.ShouldBe("NIX");
        (await host.Services.GetRequiredService<IRejectionStore>().GetNewestAsync(10, Token)).ShouldBeEmpty();
    }

    static Task AddAsync(UsherHost host, Move move) => host.Services.GetRequiredService<MoveIntake>().AddAsync(move, "test", Token);

    static Task<IReadOnlyList<ServerProgressed>> ViewsAsync(UsherHost host) =>
        host.Services.GetRequiredService<IServerViews>().ListAsync(Token);

    static InMemoryIntakeStream Filled(int count)
    {
        var stream = new InMemoryIntakeStream(TimeProvider.System);
        for (var number = 1; number <= count; number++)
        {
            _ = stream.AddAsync(MoveEntries.Fields(new("ABC", number, IssueStatus.Beta), "test"), Token);
        }

        return stream;
    }
}
