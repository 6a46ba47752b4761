using System.Net.Sockets;

namespace Monarch.Testing.Proxies;

/// <summary>A client's connection and the corresponding connection to the server.</summary>
sealed class ProxiedConnection(Socket client, Socket server, Lane toServer, Lane toClient, FlowTap? tap)
{
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile bool _stranded;

    /// <summary>Carries bytes until the connection has ended; returns whether a quota ended it.</summary>
    public async Task<bool> RunAsync()
    {
        var ways = await Task.WhenAll(
            CarryAsync(client, server, toServer, Flow.ToServer),
            CarryAsync(server, client, toClient, Flow.ToClient)
        );
        End(reset: false);
        return ways.Contains(true);
    }

    /// <summary>Carries nothing further, not even the end of one side.</summary>
    public void Strand() => _stranded = true;

    /// <summary>Ends it immediately, with FIN, or with a reset (RST) that drops bytes in flight.</summary>
    public void End(bool reset)
    {
        if (!_ended.TrySetResult())
        {
            return;
        }

        Close(client, reset);
        Close(server, reset);
    }

    async Task<bool> CarryAsync(Socket from, Socket to, Lane lane, Flow flow)
    {
        try
        {
            return await CarryAsync(from, to, lane, flow, new byte[16 * 1024]);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One side ended abruptly: so does the other, unless the connection was ended here.
            await PassAsync(lane, default);
            End(reset: true);
            return false;
        }
    }

    async Task<bool> CarryAsync(Socket from, Socket to, Lane lane, Flow flow, byte[] buffer)
    {
        var (quota, carried) = (lane.Quota, 0);
        while (await from.ReceiveAsync(buffer, SocketFlags.None) is > 0 and var count)
        {
            await PassAsync(lane, buffer.AsMemory(0, count));
            if (_ended.Task.IsCompleted)
            {
                return false; // The sockets may still be open; held bytes must not be sent now.
            }

            if (lane.Quota != quota)
            {
                (quota, carried) = (lane.Quota, 0);
            }

            tap?.Invoke(flow, buffer.AsSpan(0, count));
            var may = quota is null ? count : Math.Min(count, quota.Bytes - carried);
            var sent = 0;
            while (sent < may)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, may - sent), SocketFlags.None);
            }

            carried += may;
            if (carried == quota?.Bytes)
            {
                End(reset: false);
                return true;
            }
        }

        await PassAsync(lane, default);
        to.Shutdown(SocketShutdown.Send);
        return false;
    }

    async Task PassAsync(Lane lane, ReadOnlyMemory<byte> chunk)
    {
        await lane.PassAsync(chunk, _ended.Task);
        if (_stranded)
        {
            await _ended.Task;
        }
    }

    static void Close(Socket socket, bool reset)
    {
        try
        {
            if (reset)
            {
                socket.LingerState = new(enable: true, seconds: 0);
            }
            else
            {
                socket.Shutdown(SocketShutdown.Both);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException) { } // It has already ended.
        socket.Dispose();
    }
}
