using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Redis;

namespace Monarch.Hosting.Processes;

static class ProcessRegistration
{
    /// <summary>Call it early: hosted services stop in reverse order, and a process is alive until all others have.</summary>
    public static void AddProcesses(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ThisProcess>();
        builder.Services.AddSingleton(x => new ProcessDirectory(x.GetRequiredService<ThisProcess>(), x.GetService<RedisConnection>()));
        builder.Services.AddHostedService<Heartbeat>();
    }
}
