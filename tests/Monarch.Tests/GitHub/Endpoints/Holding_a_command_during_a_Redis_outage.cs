using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts.GitHub;
using Monarch.Redis.Outages;
using Monarch.Tests.GitHub.Copying;
using Monarch.Workers.GitHub.Copying.Ledger;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Endpoints;

public sealed class Holding_a_command_during_a_Redis_outage : EndpointTest
{
    int _failures = 2;
    Exception _cause = new TimeoutException();

    protected override void Configure(IServiceCollection services)
    {
        services.AddSingleton<InMemoryLedger>();
        services.AddSingleton<ILedger>(provider => new HookedLedger(provider.GetRequiredService<InMemoryLedger>()) { AfterBegin = Fail });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_complete_the_command_after_the_reconnect_without_a_failure(bool callWasCancelled)
    {
        _cause = callWasCancelled ? new TaskCanceledException() : _cause;
        await StartAsync();
        await SendAsync(await CreateAsync(Issue(1)));

        // The intent of the first attempt has not expired, so the issue is not created yet; but it is not a bug.
        var run = await AnswerAsync<IssuesCreated>();
        (run.Rejected.Count, run.EndedBy is null).ShouldBe((0, false));
        _failures.ShouldBeLessThanOrEqualTo(0);
        Errors.ShouldBeEmpty();
    }

    void Fail(int number)
    {
        if (_failures-- > 0)
        {
            throw new RedisUnavailableException("Redis is away.", _cause);
        }
    }
}
