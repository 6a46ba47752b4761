using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Monarch.Workers.Archive.Filing;
using Monarch.Workers.Archive.Settings;
using Monarch.Workers.Archive.Telemetry;

namespace Monarch.Tests.Archive;

/// <summary>Archives on a real folder, without a bus.</summary>
static class StartedArchive
{
    /// <summary>Starts one.</summary>
    /// <param name="services">The services for metrics.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="logger">Its log; null for none.</param>
    public static async Task<EventArchive> StartAsync(
        IServiceProvider services,
        ArchiveOptions options,
        TimeProvider time,
        ILogger<EventArchive>? logger = null
    )
    {
        var archive = new EventArchive(
            Options.Create(options),
            new EventPreparation(Options.Create(options), time),
            new ArchiveInstruments(services.GetRequiredService<IMeterFactory>()),
            new Lifetime(),
            time,
            logger ?? NullLogger<EventArchive>.Instance
        );
        await archive.StartingAsync(CancellationToken.None);
        return archive;
    }

    sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() { }
    }
}
