using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Monarch.Redis.Outages;
using Monarch.Workers.GitHub.Accounts;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying;
using Monarch.Workers.GitHub.Copying.Fields;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Copying.Templates;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Repositories;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Tests.GitHub.Once;

/// <summary>
/// A worker with the real copier, creator, preparer and client. It handles the commands of one repository migration until every issue is
/// done, and stops before and after each external call, where the world decides its next step or its end.
/// </summary>
sealed class Worker
{
    static readonly IMeterFactory Meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    readonly IssueCopier _copier;
    readonly TargetPreparer _preparer;
    readonly World _world;
    TaskCompletionSource? _gate;
    bool _isUnread;
    int _next;

    public Worker(World world, bool isUnread)
    {
        (_world, _isUnread) = (world, isUnread);
        var (time, options) = (world.Time, Options.Create(new GitHubOptions()));
        var ledger = new GatedLedger(this, world.Ledger);
        var (fields, defaults) = (new InMemoryTargetFieldStore(), Options.Create(new CopyDefaults()));
        var parking = new CredentialParking(new InMemoryCredentialStore(time), time, NullLogger<CredentialParking>.Instance);
        var handler = new CredentialHandler(parking, time) { InnerHandler = new GatedGitHub(this, world.GitHub) };
        var http = new HttpClient(handler) { BaseAddress = new("http://github/"), Timeout = Timeout.InfiniteTimeSpan };
        var budget = new RequestBudget(new OpenBudget(), time, NullLogger<RequestBudget>.Instance);
        var accounts = new TokenAccounts([new(null, "", "")], new(http, time), new InMemoryCredentialStore(time), time);
        var clients = new GitHubClients(http, accounts, budget, time);
        _preparer = new(
            clients,
            ledger,
            new(world.Snapshots, fields, defaults, NullLogger<FieldPreparer>.Instance),
            options,
            Options.Create(new OwnerOptions()),
            Options.Create(new LedgerOptions()),
            new(time),
            time,
            NullLogger<TargetPreparer>.Instance
        );
        var composer = new IssueComposer(ledger, fields, IssueTemplate.Default, defaults);
        _copier = new(
            new(clients, ledger, composer, new(ledger, budget, options, time), time, NullLogger<IssueCreator>.Instance),
            composer,
            ledger,
            world.Snapshots,
            Options.Create(new SliceOptions()),
            time,
            new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance),
            new(Meters),
            NullLogger<IssueCopier>.Instance
        );
        Work = WorkAsync();
    }

    /// <summary>Completes when every issue is done, or with a bug.</summary>
    public Task Work { get; }

    public bool IsWaiting => _gate is not null;

    /// <summary>A call begins or ends here.</summary>
    public Task GateAsync() => (_gate = new()).Task;

    /// <summary>Resumes the worker until its next gate; with <paramref name="fail"/> the call fails.</summary>
    public void Step(bool fail = false)
    {
        var gate = Interlocked.Exchange(ref _gate, null);
        if (fail)
        {
            gate?.SetException(new RedisUnavailableException("away", null));
        }
        else
        {
            gate?.SetResult();
        }
    }

    async Task WorkAsync()
    {
        while (_next < World.Issues)
        {
            await HandleAsync();
            try
            {
                await GateAsync();
            }
            catch (RedisUnavailableException)
            {
                // The next delivery fails before it begins.
            }
        }
    }

    // The saga's next command; a failed delivery is repeated.
    async Task HandleAsync()
    {
        try
        {
            if (_isUnread)
            {
                _isUnread = await _preparer.PrepareAsync(World.Prepare, default) is not TargetPreparation.Prepared;
                return;
            }

            var outcomes = (await _copier.CopyAsync(_world.Create(_next), default))!;
            _isUnread = outcomes is [IssueOutcome.TargetUnread];
            _next += outcomes.Count(outcome => outcome.IsDone);
        }
        catch (Exception e) when (e is GitHubException or RedisUnavailableException) { }
    }
}
