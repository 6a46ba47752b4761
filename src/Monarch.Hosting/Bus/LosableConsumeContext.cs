using MassTransit;
using MassTransit.Context;

namespace Monarch.Hosting.Bus;

/// <summary>A message whose delivery may be lost while it is handled. Then its failure is none: the message is delivered again.</summary>
// The token is taken beforehand: the context is disposed of when the delivery is lost.
sealed class LosableConsumeContext(ConsumeContext context, CancellationToken lost) : ConsumeContextScope(context)
{
    public override CancellationToken CancellationToken => lost;

    public override Task NotifyFaulted<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) =>
        lost.IsCancellationRequested ? Task.CompletedTask : base.NotifyFaulted(context, duration, consumerType, exception);
}
