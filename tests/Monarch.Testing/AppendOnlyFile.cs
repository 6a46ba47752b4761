using System.Diagnostics;

namespace Monarch.Testing;

/// <summary>Monitors the size of a running Redis' append-only file, so that its last second can be discarded after a kill.</summary>
sealed class AppendOnlyFile : IAsyncDisposable
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    readonly FileInfo _file;
    readonly Queue<(long At, long Size)> _sizes = [];
    readonly CancellationTokenSource _ended = new();
    readonly Task _watching;

    /// <param name="folder">Redis' <c>appenddirname</c>; the server has loaded it.</param>
    public AppendOnlyFile(string folder)
    {
        // A file this small is never rewritten: only the newest increment grows.
        _file =
            new DirectoryInfo(folder).EnumerateFiles("*.incr.aof").MaxBy(x => x.LastWriteTimeUtc)
            ?? throw new InvalidOperationException($"There is no append-only file in {folder}.");
        _watching = WatchAsync();
    }

    /// <summary>
    /// Cuts the file of a Redis that has ended, by a share of what it wrote in the last second before <see cref="DisposeAsync"/>.
    /// </summary>
    /// <returns>The number of bytes that were cut off.</returns>
    public long TakeBack(double share)
    {
        _file.Refresh();
        var lost = (long)((_file.Length - _sizes.First().Size) * share);
        using var file = _file.OpenWrite();
        file.SetLength(file.Length - lost);
        return lost;
    }

    /// <summary>Stops watching.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _watching;
        _ended.Dispose();
    }

    // At the end the queue begins with the size of a second ago, or with the initial size.
    async Task WatchAsync()
    {
        while (true)
        {
            _file.Refresh();
            _sizes.Enqueue((Stopwatch.GetTimestamp(), _file.Length));
            while (_sizes.Count > 1 && Stopwatch.GetElapsedTime(_sizes.Peek().At) > Second)
            {
                _sizes.Dequeue();
            }

            if (_ended.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Pause, TimeProvider.System, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
