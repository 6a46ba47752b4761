namespace Monarch.Benchmarks.Contenders;

/// <summary>Something that copies the source's issues into targets of the sandbox, and whose speed is measured.</summary>
abstract class Contender : IAsyncDisposable
{
    public abstract string Name { get; }

    /// <summary>The processes that it runs in.</summary>
    public abstract IReadOnlyList<MeasuredProcess> Processes { get; }

    /// <summary>Copies the source into targets, and completes when all issues are created and reported.</summary>
    /// <returns>When it was asked to (UTC).</returns>
    public abstract Task<DateTimeOffset> CopyAsync(string source, IReadOnlyList<string> targets, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
