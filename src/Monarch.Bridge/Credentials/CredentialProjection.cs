using MassTransit;
using Monarch.Contracts.GitHub;

namespace Monarch.Bridge.Credentials;

/// <summary>Keeps what workers tell of their credentials.</summary>
sealed class CredentialProjection(ICredentialViews views, TimeProvider time) : IConsumer<CredentialParked>, IConsumer<CredentialReleased>
{
    public Task Consume(ConsumeContext<CredentialParked> context) => views.SetAsync(
        new()
        {
            Name = context.Message.Credential,
            Status = CredentialStatus.Parked,
            Since = context.Message.ParkedAt,
            RetryAt = context.Message.RetryAt,
            Failure = context.Message.Failure,
            HeardAt = time.GetUtcNow(),
        },
        context.CancellationToken);

    public Task Consume(ConsumeContext<CredentialReleased> context) => views.SetAsync(
        new() { Name = context.Message.Credential, Status = CredentialStatus.Working, Since = time.GetUtcNow(), HeardAt = time.GetUtcNow() },
        context.CancellationToken);
}
