using System.Net.Sockets;

namespace Monarch.Hosting.Bus.Client;

/// <summary>
/// The stream of the broker's bytes; throws at its end. RabbitMQ.Client 7.2 detects the end of a stream only between two frames (within
/// a frame it reads in a busy loop), and waits for the handshake without a limit.
/// </summary>
/// <remarks>
/// The exception is delayed by a second; writes in that second are discarded, as the network could discard them. The delay lets publishers
/// finish writing: a publisher that still writes when the client notifies the channels can block the client indefinitely, and then neither
/// it nor the other publishers are notified.
/// </remarks>
sealed class BrokerStream(Socket socket, TimeSpan longestSilence, Action ended, TimeProvider time, DeliveryMemory? memory = null)
    : NetworkStream(socket)
{
    static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (memory is not null)
        {
            await memory.WaitAsync(cancellationToken);
        }

        using var silence = new CancellationTokenSource(longestSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            var count = await base.ReadAsync(buffer, either.Token);
            memory?.Read(count);
            return count > 0 || buffer.IsEmpty ? count : throw new EndOfStreamException("The broker has closed the connection.");
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await EndAsync(cancellationToken);
            throw new EndOfStreamException($"The broker was silent for {longestSilence.TotalSeconds:0} seconds.");
        }
        catch (IOException)
        {
            await EndAsync(cancellationToken);
            throw;
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await base.WriteAsync(buffer, cancellationToken);
        }
        // The pending read fails too, and reports the loss.
        catch (Exception e) when (e is IOException or ObjectDisposedException) { }
    }

    async Task EndAsync(CancellationToken cancellationToken)
    {
        // Ends a pending write.
        Socket.Dispose();
        ended();
        await Task.Delay(Drain, time, cancellationToken);
    }
}
