using System.Net.Sockets;

namespace Monarch.Hosting.Bus;

/// <summary>
/// What comes from the broker, and an exception when nothing will. RabbitMQ.Client 7.1 knows the end of a stream only between two frames
/// (in the middle of one it reads again and again, at full speed), and it waits for the broker's first words for ever.
/// </summary>
/// <remarks>
/// The end is told after a moment in which what is written goes nowhere, as it may in the network. Whoever publishes just then comes to wait
/// for a confirmation. One who is still writing when the client tells the end can keep it from ever telling it to all: MassTransit disposes
/// of the channel, and with it of the semaphore that such a one has and the client waits for.
/// </remarks>
sealed class BrokerStream(Socket socket, TimeSpan longestSilence, Action ended, TimeProvider time) : NetworkStream(socket)
{
    static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    volatile bool _hasEnded;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var silence = new CancellationTokenSource(longestSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            var count = await base.ReadAsync(buffer, either.Token);
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
        if (_hasEnded)
            return;
        try
        {
            await base.WriteAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The reader tells.
            Socket.Dispose();
        }
    }

    async Task EndAsync(CancellationToken cancellationToken)
    {
        _hasEnded = true;
        // A writer may wait for the broker.
        Socket.Dispose();
        ended();
        await Task.Delay(Moment, time, cancellationToken);
    }
}
