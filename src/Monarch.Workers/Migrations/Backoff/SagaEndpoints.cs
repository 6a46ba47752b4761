using MassTransit;

namespace Monarch.Workers.Migrations.Backoff;

/// <summary>What every saga's endpoint has.</summary>
static class SagaEndpoints
{
    /// <summary>
    /// Two events of one saga at once: the later save loses and its event is handled again on the newer state. What is sent
    /// leaves after the save, so that nothing is sent for a save that lost.
    /// </summary>
    public static void UseSagaPolicies(this IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        endpoint.UseMessageRetry(r =>
        {
            r.Handle<ConcurrencyException>();
            r.Intervals([.. Enumerable.Range(1, 20).Select(n => TimeSpan.FromMilliseconds(10 * n))]);
        });
        endpoint.UseInMemoryOutbox(context);
    }
}
