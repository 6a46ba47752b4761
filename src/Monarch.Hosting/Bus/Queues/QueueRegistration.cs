using Microsoft.Extensions.DependencyInjection;
using Monarch.Hosting.Telemetry;

namespace Monarch.Hosting.Bus.Queues;

static class QueueRegistration
{
    static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(2);

    public static void AddQueueFigures(this IServiceCollection services)
    {
        services.AddSingleton<QueueNames>();
        services.AddSingleton<PassiveQueues>();
        services.AddHttpClient<ManagementQueues>(http => http.Timeout = LongestRequest).SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton<ISharedFigures, QueueFigures>();
    }
}
