using MassTransit;
using MassTransit.Context;

namespace Monarch.Hosting.Bus.Client;

/// <summary>A message whose handling can outlast its delivery.</summary>
sealed class LosableConsumeContext(ConsumeContext context) : ConsumeContextScope(context)
{
    // Taken while the delivery lasts: MassTransit disposes of the source with it, and a handling would fail instead of being cancelled.
    public override CancellationToken CancellationToken { get; } = context.CancellationToken;
}
