using MassTransit;
using Monarch.Contracts.GitHub;

namespace Monarch.Bridge.Status;

/// <summary>Stores the workers' reports of their credentials.</summary>
sealed class CredentialProjection(ICredentialViews views, TimeProvider time)
    : IConsumer<CredentialParked>,
        IConsumer<CredentialReleased>,
        IConsumer<CredentialWorking>
{
    public Task Consume(ConsumeContext<CredentialParked> context)
    {
        var parked = context.Message;
        var view = new CredentialView
        {
            Name = parked.Credential,
            Account = parked.Account,
            Login = parked.Login,
            Status = CredentialStatus.Parked,
            Since = parked.ParkedAt,
            RetryAt = parked.RetryAt,
            Failure = parked.Failure,
            Budget = parked.Budget,
            ReportedAt = time.GetUtcNow(),
        };
        return views.SetAsync(new(view), context.CancellationToken);
    }

    public Task Consume(ConsumeContext<CredentialReleased> context)
    {
        var (released, now) = (context.Message, time.GetUtcNow());
        return views.SetAsync(new(Working(released.Credential, released.Account, released.Login, now)), context.CancellationToken);
    }

    public Task Consume(ConsumeContext<CredentialWorking> context)
    {
        var working = context.Message;
        var view = Working(working.Credential, working.Account, working.Login, working.Since) with { Budget = working.Budget };
        return views.SetAsync(new(view, working.Forecast), context.CancellationToken);
    }

    CredentialView Working(string credential, string? account, string? login, DateTimeOffset since) =>
        new()
        {
            Name = credential,
            Account = account,
            Login = login,
            Status = CredentialStatus.Working,
            Since = since,
            ReportedAt = time.GetUtcNow(),
        };
}
