using MassTransit;
using MassTransit.Context;

namespace Monarch.Hosting.Bus.Client;

/// <summary>A message whose handling can outlast its delivery.</summary>
sealed class LosableConsumeContext(ConsumeContext context) : ConsumeContextScope(context)
{
    // Read while the delivery is alive: MassTransit disposes of the source with the delivery, and the handling would fail instead of being
    // cancelled.
    public override CancellationToken CancellationToken { get; } = context.CancellationToken;
}
