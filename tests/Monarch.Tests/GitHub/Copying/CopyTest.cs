using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Monarch.Contracts.GitHub;
using Monarch.Sandbox;
using Monarch.Sandbox.Model;
using Monarch.Testing;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying;
using Monarch.Workers.GitHub.Copying.Fields;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Monarch.Workers.GitHub.Copying.Templates;
using Monarch.Workers.GitHub.Markdown;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Copying;

/// <summary>The real copier and client before a simulated GitHub; worker, ledger and GitHub share a clock that is moved by hand.</summary>
public abstract class CopyTest : IAsyncLifetime
{
    protected const string Source = "school/template";
    protected const string Target = "teams/one";
    protected const long SourceId = 11;
    const long TargetId = 22;

    readonly InMemorySnapshots _snapshots = new();
    ServiceProvider _services = null!;
    string _snapshotId = "";

    private protected TimerCountingTime Time { get; } = new();

    protected SandboxServer GitHub { get; private set; } = null!;

    private protected HookedLedger Ledger { get; private set; } = null!;

    private protected SliceOptions Slice { get; } = new();

    private protected CopyDefaults Defaults { get; } = new();

    private protected InMemoryTargetFieldStore Fields { get; } = new();

    private protected FakeLoggerProvider Log { get; } = new();

    private protected ApplicationLifetime Lifetime { get; } = new(NullLogger<ApplicationLifetime>.Instance);

    /// <summary>The repository migration, in its only pass.</summary>
    private protected static LedgerKey Pair { get; } = new(SourceId, TargetId, Guid.NewGuid());

    private protected RequestBudget Budget => _services.GetRequiredService<RequestBudget>();

    protected IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    /// <summary>The settings of the budget.</summary>
    protected virtual IReadOnlyDictionary<string, string> Limits => WithoutLimits.Settings;

    /// <summary>By the real clock: long enough for a busy machine, and the wait of a test in which GitHub does not answer.</summary>
    protected virtual int TimeoutSeconds => 10;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var repository = new SeedRepository
        {
            FullName = Target,
            Id = TargetId,
            RejectedTitles = ["Spam"],
        };
        GitHub = await SandboxServer.StartAsync(new() { Repositories = [repository] }, Time, Ct);
        Ledger = new(NewLedger());
        await ReadTargetAsync();
        var settings = new Dictionary<string, string?>
        {
            ["GITHUB_API_URL"] = GitHub.GitHubUrl.ToString(),
            ["GH_PAT"] = "secret",
            ["GITHUB_TIMEOUT"] = $"{TimeoutSeconds}",
        };
        foreach (var (key, value) in Limits)
        {
            settings[key] = value;
        }

        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<ILedger>(Ledger)
            .AddSingleton<ISnapshots>(_snapshots)
            .AddSingleton<IHostApplicationLifetime>(Lifetime)
            .AddSingleton(Options.Create(Slice))
            .AddGitHubClient(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<IssueInstruments>()
            .AddSingleton<ITargetFieldStore>(Fields)
            .AddSingleton(IssueTemplate.Default)
            .AddSingleton(Options.Create(Defaults))
            .AddTransient<IssueComposer>()
            .AddTransient<CreationGate>()
            .AddTransient<IssueCreator>()
            .AddTransient<IssueCopier>()
            .AddLogging(logging => logging.AddProvider(Log))
            .BuildServiceProvider(true);
        await SnapshotAsync(3);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _services.DisposeAsync();
        Log.Dispose();
        await GitHub.DisposeAsync();
    }

    /// <summary>The ledger is empty, as in a new process.</summary>
    protected void Forget() => Ledger.Present = NewLedger();

    /// <summary>The target was read, and held nothing.</summary>
    protected async Task ReadTargetAsync() =>
        (await Ledger.SetReadAsync(Pair, (await Ledger.OpenAsync(TimeSpan.Zero, Ct)).Id, new Dictionary<int, int>(), Ct)).ShouldBeTrue();

    /// <summary>Looks up the token's account, as the first command does.</summary>
    protected async Task LookUpAccountAsync()
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<GitHubClients>().ForTargetAsync(TargetId, Target, Ct);
    }

    /// <summary>Makes the source's issues: "Issue 1" and so on.</summary>
    protected Task SnapshotAsync(int count) => SnapshotAsync(Enumerable.Range(1, count).Select(Issue));

    private protected async Task SnapshotAsync(IEnumerable<SnapshotIssue> issues)
    {
        var snapshot = await _snapshots.WriteAsync(
            SourceId,
            Time.GetUtcNow(),
            new[] { new SnapshotPage(issues.ToArray()) }.ToAsyncEnumerable(),
            Ct
        );
        _snapshotId = snapshot.Id;
    }

    /// <summary>Handles one command, as a worker does; null when the snapshot is gone.</summary>
    protected async Task<IssuesCreated?> CopyAsync(int from = 0, string? snapshotId = null)
    {
        var command = Command(from, snapshotId);
        return await OutcomesAsync(command) is { } outcomes ? CreateIssuesConsumer.Answer(command, outcomes) : null;
    }

    private protected Task<IReadOnlyList<IssueOutcome>?> OutcomesAsync(int from = 0) => OutcomesAsync(Command(from, null));

    async Task<IReadOnlyList<IssueOutcome>?> OutcomesAsync(CreateIssues command)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IssueCopier>().CopyAsync(command, Ct);
    }

    /// <summary>Handles commands as the saga sends them, each after its wait, until the end of the snapshot.</summary>
    protected async Task CopyAllAsync(int count, int from = 0)
    {
        for (var tries = 0; from < count; tries++)
        {
            tries.ShouldBeLessThan(500, $"stuck before issue {from + 1}");
            try
            {
                from = (await CopyAsync(from)).ShouldNotBeNull().Next;
            }
            catch (GitHubException e)
            {
                e.Failure.Kind.ShouldBe(Monarch.Contracts.FailureKind.Transient);
            }

            Time.Advance(16);
        }
    }

    private protected static SnapshotIssue Issue(int number) =>
        new(number, $"Issue {number}", $"Do the thing {number}.", $"https://github.com/{Source}/issues/{number}");

    private protected static Marker MarkerOf(int number) => new(SourceId, Source, number);

    protected IReadOnlyList<string> Titles() => [.. GitHub.Repository(Target).Issues!.Select(issue => issue.Title)];

    protected static IEnumerable<string> TitlesTo(int count) => Enumerable.Range(1, count).Select(number => $"Issue {number}");

    protected long Posts() => GitHub.Requests().Of("POST issues");

    /// <summary>The next post gets this answer; those before it, if any, succeed.</summary>
    protected void Script(int before, ScriptedAnswer answer)
    {
        if (before > 0)
        {
            GitHub.Script(
                new()
                {
                    Method = "POST",
                    CarryOut = true,
                    Ending = ScriptedEnding.Genuine,
                    Count = before,
                }
            );
        }

        answer.Method = "POST";
        GitHub.Script(answer);
    }

    InMemoryLedger NewLedger() => new(Time, Options.Create(new LedgerOptions()));

    CreateIssues Command(int from, string? snapshotId) =>
        new()
        {
            RepositoryMigrationId = Guid.Empty,
            CommandId = Guid.NewGuid(),
            SourceRepositoryId = SourceId,
            SourceFullName = Source,
            TargetRepositoryId = TargetId,
            TargetFullName = Target,
            SnapshotId = snapshotId ?? _snapshotId,
            From = from,
            PassId = Pair.Pass,
        };
}
