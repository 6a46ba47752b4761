using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Hosting;
using Monarch.Sandbox;
using Monarch.Sandbox.Model;
using Monarch.Testing;
using Monarch.Tests.Hosting;
using Monarch.Tests.Migrations;
using Monarch.Workers;
using Monarch.Workers.GitHub.Accounts;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Endpoints;

/// <summary>The four endpoints that call GitHub, on an in-memory bus with a simulated GitHub and without sagas.</summary>
public abstract class EndpointTest : IAsyncLifetime
{
    protected const string Source = "school/template";
    protected const string Target = "teams/one";
    protected const long SourceId = 11;
    protected const long TargetId = 22;

    readonly BusRecord _record = new();
    readonly ConcurrentQueue<object> _errors = new();
    readonly ConcurrentQueue<object> _skipped = new();
    TestHost? _host;

    protected IBusControl Bus { get; private set; } = null!;

    protected SandboxServer GitHub { get; private set; } = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The messages in an <c>_error</c> queue.</summary>
    protected IReadOnlyCollection<object> Errors => _errors;

    /// <summary>The messages in a <c>_skipped</c> queue.</summary>
    protected IReadOnlyCollection<object> Skipped => _skipped;

    /// <summary>Whether a test starts with a prepared target without copies.</summary>
    protected virtual bool TargetIsRead => true;

    protected IServiceProvider Services => _host!.Services;

    /// <summary>The simulated GitHub; some settings may be changed while it runs.</summary>
    protected SandboxOptions Sandbox { get; } =
        new()
        {
            Repositories =
            [
                new()
                {
                    FullName = Source,
                    Id = SourceId,
                    GenerateIssues = 3,
                },
                new() { FullName = Target, Id = TargetId },
            ],
        };

    public async ValueTask InitializeAsync() => GitHub = await SandboxServer.StartAsync(Sandbox, Ct);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        await GitHub.DisposeAsync();
    }

    /// <summary>Replaces services of the workers.</summary>
    protected virtual void Configure(IServiceCollection services) { }

    protected async Task StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = TestHost.Builder(
            HostRole.Serve,
            [
                .. WithoutLimits.WithShortWaits.Select(setting => (setting.Key, setting.Value)),
                ("GITHUB_API_URL", GitHub.GitHubUrl.ToString()),
                ("GH_PAT", "secret"),
                ("MONARCH_LOG_LEVEL", "Critical"),
                .. settings,
            ]
        );
        builder.AddWorkers();
        Configure(builder.Services);
        _host = await TestHost.StartAsync(builder, bus => bus.AddWorkerConsumers(builder.Configuration));
        // The token's account is known, so that a test counts only the requests of the commands.
        await _host.Services.GetRequiredService<ICredentialStore>().SetAccountAsync(CredentialName.Of("secret"), new("user:1", "ada"), Ct);
        Bus = _host.Services.GetRequiredService<IBusControl>();
        (await Bus.WaitForHealthStatus(BusHealthStatus.Healthy, Until.Generous)).ShouldBe(BusHealthStatus.Healthy);
        Bus.ConnectPublishObserver(_record);
        await WatchErrorsAsync<ReadSourceIssues>(EndpointNames.ReadSourceIssues);
        await WatchErrorsAsync<ResolveTarget>(EndpointNames.ResolveTarget);
        await WatchErrorsAsync<PrepareTarget>(EndpointNames.PrepareTarget);
        await WatchErrorsAsync<CreateIssues>(EndpointNames.CreateIssues);
        if (!TargetIsRead)
        {
            return;
        }

        var ledger = Services.GetRequiredService<ILedger>();
        await ledger.SetReadAsync(new(SourceId, TargetId), (await ledger.OpenAsync(TimeSpan.Zero, Ct)).Id, new Dictionary<int, int>(), Ct);
    }

    protected Task SendAsync(object command) => SendAsync([command]);

    protected async Task SendAsync(IEnumerable<object> commands)
    {
        foreach (var command in commands)
        {
            var endpoint = await Bus.GetSendEndpoint(
                EndpointNames.Address(
                    command switch
                    {
                        ReadSourceIssues => EndpointNames.ReadSourceIssues,
                        ResolveTarget => EndpointNames.ResolveTarget,
                        PrepareTarget => EndpointNames.PrepareTarget,
                        _ => EndpointNames.CreateIssues,
                    }
                )
            );
            await endpoint.Send(command, Ct);
        }
    }

    /// <summary>All published messages of a type, oldest first.</summary>
    protected IReadOnlyList<T> Published<T>()
        where T : class => [.. _record.Sent.OfType<T>()];

    /// <summary>Waits for a number of answers of a type.</summary>
    protected async Task<IReadOnlyList<T>> AnswersAsync<T>(int count = 1)
        where T : class
    {
        await Until.TrueAsync(
            () => Published<T>().Count >= count,
            $"{count} {typeof(T).Name} are published",
            state: () => $"There are: {string.Join(", ", _record.Sent)}."
        );
        return Published<T>();
    }

    protected async Task<T> AnswerAsync<T>()
        where T : class => (await AnswersAsync<T>()).ShouldHaveSingleItem();

    protected Task UntilErrorsAsync(int count) => Until.TrueAsync(() => _errors.Count >= count, $"{count} messages are in _error");

    protected static ReadSourceIssues ReadSource(string source = Source) =>
        new()
        {
            BatchId = Guid.NewGuid(),
            CommandId = Guid.NewGuid(),
            Source = source,
        };

    protected static ResolveTarget Resolve(string target = Target) =>
        new()
        {
            BatchId = Guid.NewGuid(),
            TargetIndex = 1,
            Target = target,
        };

    protected static PrepareTarget Prepare(string target = Target) =>
        new()
        {
            RepositoryMigrationId = Guid.NewGuid(),
            CommandId = Guid.NewGuid(),
            SourceRepositoryId = SourceId,
            TargetRepositoryId = TargetId,
            TargetFullName = target,
        };

    private protected async Task<CreateIssues> CreateAsync(params SnapshotIssue[] issues)
    {
        var snapshot = await Services
            .GetRequiredService<ISnapshots>()
            .WriteAsync(SourceId, TimeProvider.System.GetUtcNow(), new[] { new SnapshotPage(issues) }.ToAsyncEnumerable(), Ct);
        return Create(snapshot.Id);
    }

    protected static CreateIssues Create(string snapshotId) =>
        new()
        {
            RepositoryMigrationId = Guid.NewGuid(),
            CommandId = Guid.NewGuid(),
            SourceRepositoryId = SourceId,
            SourceFullName = Source,
            TargetRepositoryId = TargetId,
            TargetFullName = Target,
            SnapshotId = snapshotId,
            From = 0,
        };

    private protected static SnapshotIssue Issue(int number) =>
        new(number, $"Issue {number}", "Text", $"https://github.com/{Source}/issues/{number}");

    async Task WatchErrorsAsync<T>(string endpoint)
        where T : class
    {
        await WatchAsync<T>($"{endpoint}_error", _errors);
        await WatchAsync<T>($"{endpoint}_skipped", _skipped);
    }

    async Task WatchAsync<T>(string queue, ConcurrentQueue<object> messages)
        where T : class
    {
        var watch = Bus.ConnectReceiveEndpoint(
            queue,
            endpoint =>
            {
                endpoint.ConfigureConsumeTopology = false;
                endpoint.Handler<T>(message =>
                {
                    messages.Enqueue(message.Message);
                    return Task.CompletedTask;
                });
            }
        );
        await watch.Ready;
    }
}
