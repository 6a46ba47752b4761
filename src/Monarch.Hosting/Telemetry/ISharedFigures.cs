namespace Monarch.Hosting.Telemetry;

/// <summary>
/// Metrics of a resource that all processes share, such as the length of a queue. Every Bridge reports the same values: use the maximum of
/// several reports, not the sum.
/// </summary>
public interface ISharedFigures
{
    /// <summary>Reads the values that the gauges show until the next reading.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    Task ReadAsync(CancellationToken cancellationToken);

    /// <summary>Clears the gauges after a failed reading, so that they show no stale values.</summary>
    void Forget();
}
