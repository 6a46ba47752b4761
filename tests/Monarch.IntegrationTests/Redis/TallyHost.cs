using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monarch.Redis;
using Monarch.Redis.Sagas;

namespace Monarch.IntegrationTests.Redis;

/// <summary>A host with one saga in Redis, its wake-ups and an in-memory bus: a minimal replica of a worker.</summary>
static class TallyHost
{
    public const string KeyPrefix = "test:tally:";

    public static IHost Build(RedisDatabase database, Action<WakeUpOptions>? wakeUps = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRedis(database.Configuration());
        builder.Services.AddWakeUps(w =>
        {
            w.Send("tally", new("exchange:tally-state"), x => new WakeTally(x.SagaId, x.DueAt, x.IsRestart));
            wakeUps?.Invoke(w);
        });
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetKebabCaseEndpointNameFormatter();
            bus.AddSagaStateMachine<TallyStateMachine, TallyState>(c =>
                    c.UseMessageRetry(r =>
                    {
                        r.Interval(200, TimeSpan.FromMilliseconds(2));
                        r.Handle<ConcurrencyException>();
                    })
                )
                .RedisRepository(r => (r.KeyPrefix, r.WakeUps, r.Retention) = (KeyPrefix, "tally", TimeSpan.FromHours(1)));
            bus.UsingInMemory(
                (context, x) =>
                {
                    x.ConcurrentMessageLimit = 32;
                    x.ConfigureEndpoints(context);
                }
            );
        });
        return builder.Build();
    }

    public static async Task<IHost> StartAsync(RedisDatabase database, Action<WakeUpOptions>? wakeUps = null)
    {
        var host = Build(database, wakeUps);
        await host.StartAsync();
        return host;
    }

    public static IBus Bus(this IHost host) => host.Services.GetRequiredService<IBus>();

    public static Task<TallyState?> LoadAsync(this IHost host, Guid id) =>
        host.Services.GetRequiredService<ILoadSagaRepository<TallyState>>().Load(id)!;
}
