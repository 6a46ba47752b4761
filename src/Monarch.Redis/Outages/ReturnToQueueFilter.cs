using System.Runtime.ExceptionServices;
using MassTransit;

namespace Monarch.Redis.Outages;

/// <summary>Passes failures that are not the message's own to the transport, which then redelivers the message.</summary>
sealed class ReturnToQueueFilter : IFilter<ExceptionReceiveContext>
{
    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (HeldFailure.IsBehind(context.Exception))
        {
            ExceptionDispatchInfo.Throw(context.Exception);
        }

        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("returnToQueue");
}
