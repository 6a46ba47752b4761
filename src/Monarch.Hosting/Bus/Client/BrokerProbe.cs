using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Bus.Client;

/// <summary>
/// Asks the broker why the bus is not connected, on a connection of its own: MassTransit tries again and again, and does not pass on what
/// the broker says after the login.
/// </summary>
sealed class BrokerProbe(IOptions<RabbitMqOptions> options, HostRole role, TimeProvider time)
{
    /// <summary>How long the answer may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    static readonly TimeSpan LongestClose = TimeSpan.FromSeconds(1);

    /// <summary>The broker's own words and the remedy; null when it accepts the connection, cannot be reached or says nothing.</summary>
    public async Task<string?> RefusalAsync(CancellationToken cancellationToken)
    {
        if (!RabbitMqAddress.TryParse(options.Value, out var broker))
        {
            return null;
        }

        var factory = broker.Connections($"monarch {role} on {Environment.MachineName}, process {Environment.ProcessId}: check", Longest);
        using var limit = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var connection = await factory.CreateConnectionAsync(either.Token);
            // RabbitMQ.Client may hang while it closes what was lost.
            await connection.DisposeAsync().AsTask().WaitAsync(LongestClose, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return BrokerRefusal.Of(e, broker);
        }
    }
}
