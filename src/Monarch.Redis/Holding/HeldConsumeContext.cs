using MassTransit;
using MassTransit.Context;

namespace Monarch.Redis;

/// <summary>One try of a held message: what filters leave on the context goes with it, and a failure that is not its own is no fault to publish.</summary>
sealed class HeldConsumeContext(ConsumeContext context) : ConsumeContextScope(context)
{
    public override Task NotifyFaulted<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) =>
        HeldFailure.IsBehind(exception) ? Task.CompletedTask : base.NotifyFaulted(context, duration, consumerType, exception);
}
