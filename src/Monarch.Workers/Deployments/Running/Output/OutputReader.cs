using System.IO.Pipes;
using Monarch.Workers.Deployments.Running.Supervision;

namespace Monarch.Workers.Deployments.Running.Output;

/// <summary>Reads both streams of a command on one thread: a blocking read of .NET cannot be cancelled and would leak its pipe.</summary>
sealed class OutputReader
{
    // The maximum content of two pipes: more would come from a process that should be gone.
    const int MaxRestBytes = 2 * 1024 * 1024;
    const int PollMilliseconds = 1000;

    readonly PipeStream[] _streams;
    readonly OutputTail _tail;
    readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile bool _hasWriterEnded;

    public OutputReader(PipeStream output, PipeStream error, OutputTail tail)
    {
        (_streams, _tail) = ([output, error], tail);
        new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "reads a deployment's output" }.Start();
    }

    /// <summary>Completes when everything is read.</summary>
    public Task Completion => _completion.Task;

    /// <summary>
    /// Signals that the writer has ended: the rest is read without waiting for other processes that hold the streams open.
    /// </summary>
    public void Finish() => _hasWriterEnded = true;

    void Run()
    {
        try
        {
            Read();
            _completion.SetResult();
        }
        catch (Exception e)
        {
            _completion.SetException(e);
        }
    }

    void Read()
    {
        var descriptors = Array.ConvertAll(
            _streams,
            x => new PollDescriptor { Descriptor = (int)x.SafePipeHandle.DangerousGetHandle(), Events = PollDescriptor.Readable }
        );
        var buffer = new byte[64 * 1024];
        var rest = 0;
        while (rest < MaxRestBytes && Array.Exists(descriptors, x => x.Descriptor >= 0))
        {
            // Read before the poll, which then finds everything that was written before.
            var hasEnded = _hasWriterEnded;
            var ready = Libc.Poll(descriptors, (nuint)descriptors.Length, hasEnded ? 0 : PollMilliseconds);
            if (ready == 0 && hasEnded)
            {
                break;
            }

            for (var i = 0; ready > 0 && i < descriptors.Length; i++)
            {
                var count = descriptors[i].Descriptor >= 0 && descriptors[i].ReturnedEvents != 0 ? ReadFrom(i, buffer) : -1;
                descriptors[i].Descriptor = count == 0 ? -1 : descriptors[i].Descriptor;
                rest += hasEnded ? Math.Max(count, 0) : 0;
            }
        }

        for (var i = 0; i < descriptors.Length; i++)
        {
            _tail.End(i);
        }
    }

    int ReadFrom(int stream, byte[] buffer)
    {
        try
        {
            var count = _streams[stream].Read(buffer);
            _tail.Write(stream, buffer.AsSpan(0, count));
            return count;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
