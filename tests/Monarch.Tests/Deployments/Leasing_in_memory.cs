using Microsoft.Extensions.Time.Testing;
using Monarch.Workers.Clocks;
using Monarch.Workers.Deployments.Leases;

namespace Monarch.Tests.Deployments;

public sealed class Leasing_in_memory : LeaseTest
{
    readonly FakeTimeProvider _time = FakeTime.New();

    public override ValueTask InitializeAsync()
    {
        Leases = new InMemoryDeploymentLeases(new SharedClock(_time), Microsoft.Extensions.Options.Options.Create(Options));
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected override Task PassAsync(double leases)
    {
        _time.Advance(Options.Lease * leases);
        return Task.CompletedTask;
    }
}
