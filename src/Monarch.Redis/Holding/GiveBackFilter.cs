using System.Runtime.ExceptionServices;
using MassTransit;

namespace Monarch.Redis;

/// <summary>Lets a failure that is not the message's own through to the transport, which then takes the message back.</summary>
sealed class GiveBackFilter : IFilter<ExceptionReceiveContext>
{
    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (HeldFailure.IsBehind(context.Exception))
            ExceptionDispatchInfo.Throw(context.Exception);
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("giveBack");
}
