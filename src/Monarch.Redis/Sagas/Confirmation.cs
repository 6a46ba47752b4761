namespace Monarch.Redis.Sagas;

/// <summary>
/// Waits for the broker's confirmation of a message that is sent outside of a consumer, where nothing else ends the wait.
/// </summary>
public static class Confirmation
{
    /// <summary>The time-out of a connected broker: 30 s.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Waits for a send without a time-out while there is no connection (a cancelled send can hang indefinitely), and for
    /// <see cref="Longest"/> once the message is written: RabbitMQ.Client leaves publishes pending indefinitely when their connection is
    /// lost.
    /// </summary>
    /// <param name="send">
    /// Sends without a token, and calls its argument when the message is written: in MassTransit's callback that configures the send.
    /// </param>
    /// <param name="time">The clock of the time-out.</param>
    /// <exception cref="TimeoutException">It was not confirmed in time. It may have arrived, or may still arrive.</exception>
    public static async Task OfAsync(Func<Action, Task> send, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(send);
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sending = send(() => written.TrySetResult());
        await Task.WhenAny(sending, written.Task);
        await sending.WaitAsync(Longest, time);
    }
}
