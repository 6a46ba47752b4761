using MassTransit;
using MassTransit.Context;

namespace Monarch.Redis.Outages;

/// <summary>
/// One attempt to handle a held message: payloads that filters add are dropped with it, and a failure that is not the message's own
/// publishes no fault.
/// </summary>
sealed class HeldConsumeContext(ConsumeContext context) : ConsumeContextScope(context)
{
    public override Task NotifyFaulted<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) =>
        HeldFailure.IsBehind(exception) ? Task.CompletedTask : base.NotifyFaulted(context, duration, consumerType, exception);
}
