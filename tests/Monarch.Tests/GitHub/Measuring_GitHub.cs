using System.Diagnostics.Metrics;
using MassTransit.Middleware.CircuitBreaker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Monarch.Contracts;
using Monarch.Workers.GitHub.Copying;
using Monarch.Workers.GitHub.Endpoints;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub;

public sealed class Measuring_GitHub : IDisposable
{
    readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    [Theory]
    [InlineData("GET", "repos/a/b", "read")]
    [InlineData("GET", "repositories/7/issues?state=all&direction=asc", "list")]
    [InlineData("GET", "repositories/7/issues?state=all&direction=desc", "search")]
    [InlineData("GET", "repositories/7/issues/12", "read")]
    [InlineData("POST", "repositories/7/issues", "create")]
    [InlineData("POST", "repositories/7/issues/12/comments", "create")]
    [InlineData("PATCH", "repositories/7/issues/12", "write")]
    [InlineData("POST", "app/installations/5/access_tokens", "token")]
    [InlineData("GET", "user", "account")]
    [InlineData("GET", "users/school/installation", "account")]
    public void Should_label_a_request_with_its_kind(string method, string address, string kind)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(new("https://github.example/api/v3/"), address));

        GitHubInstruments.Kind(request).ShouldBe(kind);
    }

    [Fact]
    public void Should_count_each_issue_by_outcome()
    {
        using var issues = new MetricCollector<long>(Meters, "Monarch", "monarch.issues");
        var instruments = new IssueInstruments(Meters);

        instruments.Record(new IssueOutcome.Created());
        instruments.Record(new IssueOutcome.AlreadyThere());
        instruments.Record(new IssueOutcome.Deferred(Failure(FailureKind.Transient)));
        instruments.Record(new IssueOutcome.NotAttempted());
        instruments.Record(new GitHubException(Failure(FailureKind.Throttled, 403), false));
        instruments.Record(new GitHubException(Failure(FailureKind.Throttled), false));
        instruments.Record(new GitHubException(Failure(FailureKind.RefusedTarget), false));
        instruments.Record(new InvalidOperationException());
        instruments.Record(new OperationCanceledException());

        issues
            .GetMeasurementSnapshot()
            .Where(x => x.Value > 0)
            .Select(x => string.Join(' ', x.Tags.OrderBy(tag => tag.Key).Select(tag => tag.Value)))
            .ShouldBe([
                "created",
                "already_there",
                "deferred transient",
                "deferred pace",
                "deferred throttled",
                "deferred pace",
                "deferred refused_target",
                "deferred other",
            ]);
    }

    [Fact]
    public async Task Should_show_a_breaker_that_opens_and_closes()
    {
        var instruments = new BreakerInstruments(Meters);
        using var open = new MetricCollector<int>(Meters, "Monarch", "monarch.github.breaker.open");
        using var openings = new MetricCollector<long>(Meters, "Monarch", "monarch.github.breaker.openings");
        var router = instruments.Observe("CreateIssues");
        Shown().ShouldBe(0);

        await router.PublishCircuitBreakerOpened(new TimeoutException());
        Shown().ShouldBe(1);
        await router.PublishCircuitBreakerOpened(new TimeoutException());
        await router.PublishCircuitBreakerClosed();
        Shown().ShouldBe(0);

        openings.GetMeasurementSnapshot().EvaluateAsCounter().ShouldBe(1);

        int Shown()
        {
            open.RecordObservableInstruments();
            return open.LastMeasurement!.Value;
        }
    }

    public void Dispose() => _services.Dispose();

    static Failure Failure(FailureKind kind, int? status = null) =>
        new()
        {
            Kind = kind,
            Message = "m",
            Status = status,
            RetryAt = DateTimeOffset.UnixEpoch,
        };
}
