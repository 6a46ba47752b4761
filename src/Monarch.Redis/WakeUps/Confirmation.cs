namespace Monarch.Redis;

/// <summary>Waits for the broker's confirmation of a message that is sent outside of any consumer, where nothing else ends the wait.</summary>
public static class Confirmation
{
    /// <summary>How long a connected broker may take: 30 s.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Waits for a send without an end while there is no connection (a send that is cancelled then can hang for ever), and for <see cref="Longest"/> once
    /// the message is written: RabbitMQ.Client does not tell everybody who waits for a confirmation that the connection has ended.
    /// </summary>
    /// <param name="send">Sends, without a token, and calls its argument when the message is written: in the callback of MassTransit that configures the send.</param>
    /// <param name="time">Tells the time.</param>
    /// <exception cref="TimeoutException">It was not confirmed in time. It may have arrived, or arrive yet.</exception>
    public static async Task OfAsync(Func<Action, Task> send, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(send);
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sending = send(() => written.TrySetResult());
        await Task.WhenAny(sending, written.Task);
        await sending.WaitAsync(Longest, time);
    }
}
