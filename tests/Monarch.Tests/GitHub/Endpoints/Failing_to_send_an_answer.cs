using MassTransit;
using Monarch.Contracts.GitHub;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Endpoints;

/// <summary>The transport fails to send an answer, as while it stops, and recovers shortly after.</summary>
public sealed class Failing_to_send_an_answer : EndpointTest
{
    [Fact]
    public async Task Should_answer_again_without_ending_a_target()
    {
        await StartAsync();
        var transport = new FailingTransport();
        Bus.ConnectPublishObserver(transport);

        await SendAsync(await CreateAsync(Issue(1)));

        (await AnswerAsync<IssuesCreated>()).AlreadyThere.ShouldBe(1, "the first handling has created it");
        transport.Failures.ShouldBe(1);
        Published<RepositoryMigrationRefused>().ShouldBeEmpty();
        GitHub.Requests().Of("POST issues").ShouldBe(1);
        Errors.ShouldBeEmpty();
    }

    sealed class FailingTransport : IPublishObserver
    {
        int _failures;

        public int Failures => Volatile.Read(ref _failures);

        public Task PrePublish<T>(PublishContext<T> context)
            where T : class =>
            typeof(T) == typeof(IssuesCreated) && Interlocked.CompareExchange(ref _failures, 1, 0) == 0
                ? throw new ConnectionException("The transport is stopping and cannot be used.")
                : Task.CompletedTask;

        public Task PostPublish<T>(PublishContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PublishFault<T>(PublishContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
