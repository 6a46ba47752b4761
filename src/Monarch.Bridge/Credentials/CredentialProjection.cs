using MassTransit;
using Monarch.Contracts.GitHub;

namespace Monarch.Bridge.Credentials;

/// <summary>Keeps what workers tell of their credentials.</summary>
sealed class CredentialProjection(ICredentialViews views, TimeProvider time)
    : IConsumer<CredentialParked>, IConsumer<CredentialReleased>, IConsumer<CredentialWorking>
{
    public Task Consume(ConsumeContext<CredentialParked> context) => views.SetAsync(
        new()
        {
            Name = context.Message.Credential,
            Account = context.Message.Account,
            Login = context.Message.Login,
            Status = CredentialStatus.Parked,
            Since = context.Message.ParkedAt,
            RetryAt = context.Message.RetryAt,
            Failure = context.Message.Failure,
            HeardAt = time.GetUtcNow(),
        },
        context.CancellationToken);

    public Task Consume(ConsumeContext<CredentialReleased> context) =>
        SetWorkingAsync(context, context.Message.Credential, context.Message.Account, context.Message.Login, time.GetUtcNow());

    public Task Consume(ConsumeContext<CredentialWorking> context) =>
        SetWorkingAsync(context, context.Message.Credential, context.Message.Account, context.Message.Login, context.Message.Since);

    Task SetWorkingAsync(ConsumeContext context, string credential, string? account, string? login, DateTimeOffset since) => views.SetAsync(
        new() { Name = credential, Account = account, Login = login, Status = CredentialStatus.Working, Since = since, HeardAt = time.GetUtcNow() },
        context.CancellationToken);
}
