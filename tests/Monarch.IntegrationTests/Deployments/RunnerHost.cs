using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monarch.Contracts;
using Monarch.Contracts.Deployments;
using Monarch.Hosting;
using Monarch.Testing;
using Monarch.Tests.Deployments;
using Monarch.Tests.Migrations;
using Monarch.Workers.Clocks;
using Monarch.Workers.Deployments.Leases;
using Monarch.Workers.Deployments.Running;
using Monarch.Workers.Deployments.Settings;

namespace Monarch.IntegrationTests.Deployments;

/// <summary>The runner and its consumer on an in-memory bus, with leases that a test controls. Commands are real.</summary>
sealed class RunnerHost : IAsyncDisposable
{
    readonly ServiceProvider _services;
    readonly BusRecord _record = new();

    RunnerHost(ServiceProvider services, FakeLeases leases)
    {
        (_services, Leases) = (services, leases);
        Bus.ConnectPublishObserver(_record);
    }

    public FakeLeases Leases { get; }

    public IBusControl Bus => _services.GetRequiredService<IBusControl>();

    /// <summary>The clock that sagas share.</summary>
    public SharedClock Clock => _services.GetRequiredService<SharedClock>();

    public DeploymentRunner Runner => _services.GetRequiredService<DeploymentRunner>();

    public static async Task<RunnerHost> StartAsync(FakeLeases leases, string command, params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection()
            .AddLogging(logs => logs.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning))
            .AddMetrics()
            .AddSingleton(HostRole.Workers)
            .AddSingleton<IDeploymentLeases>(leases);
        services.AddDeploymentRunner(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    settings
                        .ToDictionary(x => x.Key, x => (string?)x.Value)
                        .Append(new("USHER_COMMAND", command))
                        .Append(new("USHER_PROJECTS", "ABC"))
                        .Append(new("USHER_RUN", "true"))
                )
                .Build()
        );
        services.Configure<DeploymentOptions>(options => options.Grace = TimeSpan.FromSeconds(2));
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddConsumer<RunDeploymentConsumer, RunDeploymentConsumerDefinition>();
            bus.UsingInMemory((context, memory) => memory.ConfigureEndpoints(context));
        });
        var host = new RunnerHost(services.BuildServiceProvider(), leases);
        await host.Bus.StartAsync(CancellationToken.None);
        return host;
    }

    /// <summary>Sends the command of a deployment.</summary>
    public async Task<RunDeployment> BeginAsync(params int[] issues)
    {
        var command = new RunDeployment
        {
            ServerId = ServerId.Of("ABC", IssueStatus.Beta),
            DeploymentId = Guid.NewGuid(),
            Number = 1,
            Project = "ABC",
            Status = IssueStatus.Beta,
            Issues =
            [
                .. (issues is [] ? [111, 113] : issues).Select(number => new DeployedIssue
                {
                    Number = number,
                    MovedAt = TimeProvider.System.GetUtcNow(),
                }),
            ],
        };
        await SendAsync(command);
        return command;
    }

    public async Task SendAsync(RunDeployment command)
    {
        var endpoint = await Bus.GetSendEndpoint(EndpointNames.Address(EndpointNames.RunDeployment));
        await endpoint.Send(command, CurrentTest.Token);
    }

    /// <summary>Waits for an event of a deployment.</summary>
    public Task<T> PublishedAsync<T>(Func<T, bool> isMeant)
        where T : class =>
        Until.ValueAsync(
            () => Task.FromResult(_record.Sent.OfType<T>().FirstOrDefault(isMeant)),
            $"{typeof(T).Name} is published",
            state: () => string.Join('\n', _record.Sent)
        );

    public Task<DeploymentEnded> EndOfAsync(RunDeployment command) =>
        PublishedAsync<DeploymentEnded>(x => x.DeploymentId == command.DeploymentId);

    /// <summary>The events published so far.</summary>
    public IReadOnlyList<object> Published => [.. _record.Sent.Where(x => x is not RunDeployment)];

    public async Task<DeploymentEnded> RunAsync() => await EndOfAsync(await BeginAsync());

    public Task StopAsync() => ((IHostedLifecycleService)Runner).StoppingAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Bus.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
