namespace Monarch.Hosting;

/// <summary>
/// Facts about what all processes share, such as the length of a queue. Every Bridge reads and reports them alike: take the largest, not the
/// sum, of what several report.
/// </summary>
public interface ISharedFigures
{
    /// <summary>Reads them, for gauges to show until the next reading.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    Task ReadAsync(CancellationToken cancellationToken);

    /// <summary>They could not be read: gauges show nothing, rather than what was.</summary>
    void Forget();
}
