using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Testing;
using Monarch.Workers.GitHub.Accounts;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Endpoints;

public sealed class Publishing_a_parked_credential : EndpointTest
{
    [Fact]
    public async Task Should_happen_on_parking_and_on_release()
    {
        await StartAsync();
        var lives = new Lives();
        Bus.ConnectPublishObserver(lives);
        GitHub.Script(
            new()
            {
                Status = 401,
                Body = """{"message":"Bad credentials"}""",
                Count = 2,
            }
        );
        await SendAsync(Resolve());
        var once = await AnswerAsync<TargetDeferred>();
        once.Failure.Kind.ShouldBe(FailureKind.Transient);
        await Until.TrueAsync(() => TimeProvider.System.GetUtcNow() > once.Failure.RetryAt, "the retry is due");
        await SendAsync(Resolve());
        (await AnswersAsync<TargetDeferred>(2))[1].Failure.Kind.ShouldBe(FailureKind.Unauthorised);
        await SendAsync([Resolve(), Prepare()]);
        await AnswersAsync<TargetDeferred>(3);
        await AnswersAsync<RepositoryMigrationDeferred>();
        GitHub.Requests().Total.ShouldBe(2);

        var parked = await AnswerAsync<CredentialParked>();
        parked.Credential.ShouldBe(CredentialName.Of("secret"));
        (parked.RetryAt - parked.ParkedAt).ShouldBe(TimeSpan.FromMinutes(5));
        parked.Failure.Message.ShouldContain("Bad credentials");
        parked.Failure.Remedy!.ShouldContain("GH_PAT");
        parked.Failure.RetryAt.ShouldBeNull();

        var (credential, _) = Services.GetRequiredService<IAccounts>().Known.ShouldHaveSingleItem();
        await Services.GetRequiredService<CredentialParking>().ReleaseAsync(credential, Ct);
        (await AnswerAsync<CredentialReleased>()).Credential.ShouldBe(parked.Credential);
        Published<CredentialParked>().Count.ShouldBe(1);
        // Without a Bridge they expire and do not fill its queue.
        lives.Of.Keys.ShouldBe([typeof(CredentialParked), typeof(CredentialReleased)], ignoreOrder: true);
        lives.Of.Values.ShouldAllBe(life => life == TimeSpan.FromMinutes(15));
    }

    sealed class Lives : IPublishObserver
    {
        public ConcurrentDictionary<Type, TimeSpan?> Of { get; } = [];

        public Task PrePublish<T>(PublishContext<T> context)
            where T : class
        {
            if (typeof(T) == typeof(CredentialParked) || typeof(T) == typeof(CredentialReleased))
            {
                Of[typeof(T)] = context.TimeToLive;
            }

            return Task.CompletedTask;
        }

        public Task PostPublish<T>(PublishContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PublishFault<T>(PublishContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
