using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Migrations;

/// <summary>GitHub answers 503 to everything; the settings are the defaults.</summary>
public sealed class Outlasting_an_outage : RepositoryMigrationTest
{
    readonly HashSet<Guid> _answered = [];

    [Fact]
    public async Task Should_try_at_most_22_times_in_an_hour_with_growing_waits_and_complete_after_it()
    {
        await PrepareAsync();
        _answered.Add(Sent<PrepareTarget>().ShouldHaveSingleItem().CommandId);
        var end = Time.GetUtcNow().AddHours(1);
        var waits = new List<TimeSpan>();
        while (Time.GetUtcNow() < end)
        {
            await HandleAsync(Outage());
            Open().ShouldBe(0);
            var wake = await WakeAsync();
            waits.Add(wake.DueAt - Time.GetUtcNow());
            Time.SetUtcNow(wake.DueAt);
            await HandleAsync(wake);
            Open().ShouldBe(1);
        }

        // One try before each wait.
        waits.Count.ShouldBeInRange(17, 22);
        for (var n = 0; n < waits.Count; n++)
        {
            var about = Math.Min(2 * Math.Pow(2, n), 300);
            waits[n].TotalSeconds.ShouldBeInRange(0.8 * about, (1.2 * about) + 0.001, $"wait {n}");
        }

        (Time.GetUtcNow() - end).ShouldBeLessThan(TimeSpan.FromMinutes(6));
        await HandleAsync(Created(next: 3, created: 3));
        Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem().Status.ShouldBe(RepositoryStatus.Completed);
        (await SagaAsync()).WakeAt.ShouldBeNull();
    }

    [Fact]
    public async Task Should_have_one_command_in_flight_for_a_day_in_which_every_message_is_duplicated()
    {
        Options.GiveUpAfterHours = 48;
        await PrepareAsync();
        _answered.Add(Sent<PrepareTarget>().ShouldHaveSingleItem().CommandId);
        var end = Time.GetUtcNow().AddHours(24);
        var (handled, tries) = (0, 0);
        while (Time.GetUtcNow() < end)
        {
            // Each delivery of a command is answered separately, and each answer is delivered twice.
            var commands = Sent<CreateIssues>().Skip(handled).ToList();
            handled += commands.Count;
            foreach (var command in commands)
            {
                await TwiceAsync(Outage(command));
                Open().ShouldBeLessThanOrEqualTo(1);
            }

            // The migration repeats its request.
            await TwiceAsync(Request());
            Open().ShouldBe(0);
            var wake = await WakeAsync();
            Time.SetUtcNow(wake.DueAt);
            await TwiceAsync(wake);
            await HandleAsync(wake);
            Open().ShouldBe(1);
            tries++;
        }

        // 408 s for the first eight waits at least, 240 s for each further one.
        tries.ShouldBeInRange(200, 9 + (int)((TimeSpan.FromHours(24).TotalSeconds - 408) / 240));
        Sent<CreateIssues>().Select(x => x.CommandId).Distinct().Count().ShouldBe(tries + 1);
        Sent<CreateIssues>().Count.ShouldBeLessThanOrEqualTo(2 * (tries + 1));

        await TwiceAsync(Created(next: 3, created: 3));
        Sent<RepositoryMigrationCompleted>().Select(x => (x.RunId, x.Status)).Distinct().ShouldBe([(Batch, RepositoryStatus.Completed)]);
        Sent<CreateIssues>().Select(x => x.CommandId).Distinct().Count().ShouldBe(tries + 1);
        (await SagaAsync()).WakeAt.ShouldBeNull();
    }

    async Task TwiceAsync<T>(T message)
        where T : class
    {
        var id = NewId.NextGuid();
        await HandleAsync(message, id);
        await HandleAsync(message, id);
    }

    RepositoryMigrationDeferred Outage(CreateIssues? command = null)
    {
        var id = (command ?? Sent<CreateIssues>()[^1]).CommandId;
        _answered.Add(id);
        return new()
        {
            RepositoryMigrationId = SagaId,
            CommandId = id,
            Failure = new()
            {
                Kind = FailureKind.Transient,
                Message = "Service Unavailable",
                Status = 503,
            },
        };
    }

    /// <summary>How many commands were sent and have not been answered.</summary>
    int Open() =>
        Sent<PrepareTarget>()
            .Select(x => x.CommandId)
            .Concat(Sent<CreateIssues>().Select(x => x.CommandId))
            .Distinct()
            .Except(_answered)
            .Count();
}
