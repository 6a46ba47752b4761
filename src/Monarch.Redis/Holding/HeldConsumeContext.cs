using MassTransit;
using MassTransit.Context;

namespace Monarch.Redis;

/// <summary>One try of a held message: what filters leave on the context goes with it, and an outage of Redis is no fault to publish.</summary>
sealed class HeldConsumeContext(ConsumeContext context) : ConsumeContextScope(context)
{
    public override Task NotifyFaulted<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) =>
        RedisOutage.IsBehind(exception) ? Task.CompletedTask : base.NotifyFaulted(context, duration, consumerType, exception);
}
