using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Monarch.Hosting.Settings;
using Monarch.Redis.Connection;
using Monarch.Redis.Outages;

namespace Monarch.Hosting.Processes;

static class ProcessRegistration
{
    /// <summary>Call it early: hosted services stop in reverse order, and the heartbeat must stop last.</summary>
    public static void AddProcesses(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ProcessOptions>().Bind(builder.Configuration).ValidateRanges();
        builder.Services.TryAddSingleton<RecoveryInstruments>();
        builder.Services.AddSingleton<ProcessInstruments>();
        builder.Services.AddSingleton<LoopWatch>();
        builder.Services.AddSingleton<HangCheck>();
        builder.Services.AddSingleton<Watchdog>();
        builder.Services.AddSingleton<ThisProcess>();
        builder.Services.AddSingleton(x => new ProcessDirectory(
            x.GetRequiredService<ThisProcess>(),
            x.GetService<RedisConnection>(),
            x.GetRequiredService<ProcessInstruments>(),
            x.GetRequiredService<ILogger<ProcessDirectory>>()
        ));
        builder.Services.AddHostedService<Heartbeat>();
    }
}
