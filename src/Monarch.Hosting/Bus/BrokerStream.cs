using System.Net.Sockets;

namespace Monarch.Hosting.Bus;

/// <summary>
/// What comes from the broker, and an exception when nothing will. RabbitMQ.Client 7.1 knows the end of a stream only between two frames
/// (in the middle of one it reads again and again, at full speed), and it waits for the broker's first words for ever.
/// </summary>
sealed class BrokerStream(Socket socket, TimeSpan longestSilence, TimeProvider time) : NetworkStream(socket)
{
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
            // A writer may wait for the same broker.
            Socket.Dispose();
            throw new EndOfStreamException($"The broker was silent for {longestSilence.TotalSeconds:0} seconds.");
        }
    }
}
