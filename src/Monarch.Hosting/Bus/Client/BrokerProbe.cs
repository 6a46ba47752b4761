using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Bus.Client;

/// <summary>
/// Asks the broker on a separate connection why the bus is not connected: MassTransit retries, and does not pass on the broker's reply
/// after the login.
/// </summary>
sealed class BrokerProbe(IOptions<RabbitMqOptions> options, HostRole role, TimeProvider time)
{
    /// <summary>How long the answer may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    static readonly TimeSpan LongestClose = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The broker's reply and the remedy; null when the broker accepts the connection, is unreachable or gives no reason.
    /// </summary>
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
            // RabbitMQ.Client may hang while it closes a lost connection.
            await connection
                .DisposeAsync()
                .AsTask()
                .WaitAsync(LongestClose, time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return BrokerRefusal.Of(e, broker);
        }
    }
}
