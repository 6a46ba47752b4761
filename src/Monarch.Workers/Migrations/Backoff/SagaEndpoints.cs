using MassTransit;

namespace Monarch.Workers.Migrations.Backoff;

/// <summary>The policies of every saga endpoint.</summary>
static class SagaEndpoints
{
    /// <summary>
    /// When two events of one saga are handled concurrently, the later save fails and its event is handled again on the newer state.
    /// Messages leave after the save, so that a failed save sends nothing.
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
