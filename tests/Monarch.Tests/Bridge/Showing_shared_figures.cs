using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;
using static Monarch.Tests.Bridge.BatchStory;

namespace Monarch.Tests.Bridge;

public sealed class Showing_shared_figures : IDisposable
{
    readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    readonly FakeTimeProvider _time = new(new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));

    static CancellationToken Token => TestContext.Current.CancellationToken;

    IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    [Fact]
    public async Task Should_show_the_limits_of_each_account_by_a_digest()
    {
        var views = new InMemoryCredentialViews(_time);
        var closed = _time.GetUtcNow().AddMinutes(20);
        await views.SetAsync(
            new(
                View(
                    "one",
                    "user:1234",
                    CredentialStatus.Working,
                    new()
                    {
                        UsedThisMinute = 7,
                        UsedThisHour = 90,
                        Pace = 20,
                        HourlyPace = 500,
                        RequestsLeft = 4000,
                    }
                )
            ),
            Token
        );
        await views.SetAsync(
            new(
                View(
                    "two",
                    "user:5678",
                    CredentialStatus.Parked,
                    new()
                    {
                        UsedThisMinute = 0,
                        UsedThisHour = 500,
                        ClosedUntil = closed,
                    }
                )
            ),
            Token
        );
        var figures = new AccountFigures(views, Meters);

        await figures.ReadAsync(Token);

        // printf %s user:1234 | sha256sum | cut -c1-8
        Shown<long>("monarch.budget.used").ShouldBe(["605be6cc hour 500", "605be6cc minute 0", "a511c747 hour 90", "a511c747 minute 7"]);
        Shown<long>("monarch.budget.pace").ShouldBe(["a511c747 hour 500", "a511c747 minute 20"]);
        Shown<long>("monarch.github.requests.remaining").ShouldBe(["a511c747 4000"]);
        Shown<long>("monarch.budget.closed.until").ShouldBe([$"605be6cc {closed.ToUnixTimeSeconds()}", "a511c747 0"]);
        Shown<int>("monarch.credentials").ShouldBe(["parked 1", "working 1"]);

        figures.Forget();
        Shown<long>("monarch.budget.used").ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_show_pending_entries_and_open_migrations()
    {
        var (store, requests) = (new InMemoryStatusStore(), new InMemoryIntakeStream(_time));
        await store.ApplyAsync(Batch(Guid.NewGuid(), 1, BatchStatus.Queued), Token);
        await store.ApplyAsync(Batch(Guid.NewGuid(), 1, BatchStatus.Migrating), Token);
        await store.ApplyAsync(Batch(Guid.NewGuid(), 1, BatchStatus.Migrating) with { IsPaused = true }, Token);
        await store.ApplyAsync(Batch(Guid.NewGuid(), 1, BatchStatus.Failed), Token);
        await requests.AddAsync(new Dictionary<string, string>(), Token);

        await new MigrationFigures(store, Meters).ReadAsync(Token);
        await new IntakeFigures(requests, null, Meters).ReadAsync(Token);

        Shown<int>("monarch.migrations.open").ShouldBe(["paused 1", "running 2"]);
        Shown<long>("monarch.intake.pending").ShouldBe(["requests 1"]);
    }

    public void Dispose() => _services.Dispose();

    static CredentialView View(string name, string account, CredentialStatus status, BudgetReport budget) =>
        new()
        {
            Name = name,
            Account = account,
            Status = status,
            Since = DateTimeOffset.UnixEpoch,
            Budget = budget,
            ReportedAt = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero),
            Failure =
                status == CredentialStatus.Parked ? new Failure { Kind = FailureKind.Unauthorised, Message = "Bad credentials" } : null,
        };

    List<string> Shown<T>(string instrument)
        where T : struct
    {
        using var collector = new MetricCollector<T>(Meters, "Monarch", instrument);
        collector.RecordObservableInstruments();
        return
        [
            .. collector
                .GetMeasurementSnapshot()
                .Select(x => string.Join(' ', [.. x.Tags.OrderBy(tag => tag.Key).Select(tag => tag.Value), x.Value]))
                .Order(),
        ];
    }
}
