using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Filing.Files;
using Monarch.Workers.Archive.Filing.Stores;
using Monarch.Workers.Archive.Settings;
using Monarch.Workers.Archive.Telemetry;

namespace Monarch.Workers.Archive.Filing;

/// <summary>
/// Files events in batches that are made durable together. Events that arrive while a batch is written form the next one.
/// </summary>
sealed partial class EventArchive : IHostedLifecycleService, IDisposable
{
    const int MaxEvents = 512;
    const long MaxBatchBytes = 64 << 20;

    // RabbitMQ closes the channel after thirty minutes without an acknowledgement.
    static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(10);
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly ArchiveOptions _options;
    readonly EventPreparation _preparation;
    readonly ArchiveInstruments _instruments;
    readonly IHostApplicationLifetime _lifetime;
    readonly TimeProvider _time;
    readonly ILogger<EventArchive> _logger;
    readonly Channel<PendingEvent> _queue = Channel.CreateUnbounded<PendingEvent>(new() { SingleReader = true });
    readonly CancellationTokenSource _stopped = new();
    LinuxFiles? _files;
    IEventStore? _store;
    Task _running = Task.CompletedTask;
    Task _removing = Task.CompletedTask;
    bool _mustOpen = true;
    bool _isDisposed;

    public EventArchive(
        IOptions<ArchiveOptions> options,
        EventPreparation preparation,
        ArchiveInstruments instruments,
        IHostApplicationLifetime lifetime,
        TimeProvider time,
        ILogger<EventArchive> logger
    )
    {
        (_options, _preparation, _instruments) = (options.Value, preparation, instruments);
        (_lifetime, _time, _logger) = (lifetime, time, logger);
        instruments.ObserveFreeSpace(FreeBytes);
    }

    IEventStore Store => _store ?? throw new InvalidOperationException("The archive has not been started.");

    /// <summary>Files an event. Waits while the folder is not writable.</summary>
    /// <param name="published">The event.</param>
    /// <param name="cancellationToken">Cancels the wait. The event may still be filed.</param>
    /// <returns>The durable outcome.</returns>
    /// <exception cref="OperationCanceledException">The process stops, or the token was cancelled; the event may or may not be
    /// filed.</exception>
    public async Task<FilingOutcome> FileAsync(PublishedEvent published, CancellationToken cancellationToken)
    {
        var since = _time.GetTimestamp();
        _instruments.Received();
        var pending = _preparation.Prepare(published);
        if (!_queue.Writer.TryWrite(pending))
        {
            throw new OperationCanceledException("The archive has stopped.");
        }

        await using var registration = cancellationToken.UnsafeRegister(static x => ((PendingEvent)x!).Cancel(), pending);
        var outcome = await pending.Settled;
        Count(pending, outcome, _time.GetElapsedTime(since));
        return outcome;
    }

    /// <inheritdoc/>
    /// <exception cref="OptionsValidationException">The folder cannot be used; the message has the remedy.</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // Before the bus starts.
        _files = OutputFolder.Open(_options, _time);
        _store = _options.HasSegments ? new SegmentStore(_files, _options, _time) : new EventStore(_files, _options, _time);
        TryStore([]);
        if (LinuxFiles.WithoutSync)
        {
            _logger.ArchiveWithoutSync();
        }

        _logger.ArchiveOpened(Path.GetFullPath(_options.Folder), _options.Layout);
        _running = Task.Run(RunAsync, CancellationToken.None);
        _removing = Task.Run(
            () => OldIds.RemoveHourlyAsync(_files, _options.IdAge, _time, _logger, _stopped.Token),
            CancellationToken.None
        );
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        // The bus has stopped and has returned the queued messages.
        await _stopped.CancelAsync();
        _queue.Writer.TryComplete();
        await Task.WhenAll(_running, _removing).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The container disposes twice of a hosted service that is also registered by its type.
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _stopped.Cancel();
        _queue.Writer.TryComplete();
        if (_running.IsCompleted && _removing.IsCompleted)
        {
            _store?.Dispose();
            _files?.Dispose();
        }

        _stopped.Dispose();
    }

    async Task RunAsync()
    {
        List<PendingEvent> batch = [];
        var canContinue = true;
        while (canContinue)
        {
            try
            {
                canContinue = await WaitAsync();
                batch = Take();
                if (batch.Count > 0)
                {
                    await StoreAsync(batch);
                }
            }
            catch (Exception exception)
            {
                // Failures of the store are handled elsewhere: this is a bug, or a log that cannot be written.
                ReturnToQueue(batch);
                _logger.FilingFailed(exception);
                await Task.Delay(Pause, _time);
            }
        }
    }

    // Retries the store while there is a problem, even if no event is delivered.
    async Task<bool> WaitAsync()
    {
        var more = _queue.Reader.WaitToReadAsync().AsTask();
        while (_problem is not null && !more.IsCompleted && await Task.WhenAny(more, Task.Delay(Pause, _time)) != more)
        {
            TryStore([]);
        }

        return await more;
    }

    List<PendingEvent> Take()
    {
        List<PendingEvent> batch = [];
        long bytes = 0;
        while (batch.Count < MaxEvents && bytes < MaxBatchBytes && _queue.Reader.TryRead(out var pending))
        {
            if (!pending.Settled.IsCompleted)
            {
                batch.Add(pending);
                bytes += pending.Content.Length;
            }
        }

        return batch;
    }

    async Task StoreAsync(List<PendingEvent> batch)
    {
        var since = _time.GetTimestamp();
        while (!TryStore(batch))
        {
            if (_time.GetElapsedTime(since) > LongestHold || !await PauseAsync())
            {
                ReturnToQueue(batch);
                return;
            }

            // Includes queued events, so that the bodies of cancelled deliveries are released.
            while (_queue.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            batch.RemoveAll(pending => pending.Settled.IsCompleted);
        }
    }

    async Task<bool> PauseAsync()
    {
        try
        {
            await Task.Delay(Pause, _time, _lifetime.ApplicationStopping);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    void ReturnToQueue(List<PendingEvent> batch)
    {
        foreach (var pending in batch)
        {
            pending.Cancel();
        }

        while (_queue.Reader.TryRead(out var pending))
        {
            pending.Cancel();
        }
    }

    // Returns whether all are settled.
    bool TryStore(List<PendingEvent> batch)
    {
        var since = _time.GetTimestamp();
        var isStored = false;
        Volatile.Write(ref _callStartedAt, since);
        try
        {
            if (_mustOpen)
            {
                Store.Open();
                _mustOpen = false;
            }

            CheckFreeSpace();
            if (batch.Count > 0)
            {
                // The store must be reopened unless the call succeeds.
                _mustOpen = true;
                Store.Store(batch);
                _instruments.Synced(_time.GetElapsedTime(since));
                isStored = true;
                batch.ForEach(pending => pending.Settle());
                Store.CleanUp();
                _mustOpen = false;
            }

            ReportRecovery();
            return true;
        }
        catch (IOException exception)
        {
            ReportProblem(exception.Message);
        }
        catch (Exception exception)
        {
            _logger.FilingFailed(exception);
            ReportProblem(exception.Message);
        }
        finally
        {
            Volatile.Write(ref _callStartedAt, 0);
        }

        return isStored;
    }

    void Count(PendingEvent pending, FilingOutcome outcome, TimeSpan duration)
    {
        switch (outcome)
        {
            case FilingOutcome.Filed:
                _instruments.Filed(pending.Published.Body.Length);
                _instruments.RecordDuration(duration);
                if (pending.Check is { Action: { } action, Entity: { } entity })
                {
                    _instruments.RecordEvent(action, entity);
                }

                break;
            case FilingOutcome.Duplicate:
                _instruments.Duplicate();
                break;
            default:
                _instruments.Rejected(pending.Check.Rejection);
                _logger.EventRejected(pending.Published.RoutingKey, pending.Published.MessageId, pending.Path);
                break;
        }
    }
}
