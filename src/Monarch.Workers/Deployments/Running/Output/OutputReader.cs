using System.IO.Pipes;
using Monarch.Workers.Deployments.Running.Supervision;

namespace Monarch.Workers.Deployments.Running.Output;

/// <summary>Reads both streams of a command on one thread: a blocking read of .NET could not be ended, and would keep its pipe.</summary>
sealed class OutputReader
{
    // What a pipe holds at most, for two of them: more comes from a process that should not be there any more.
    const int MaxLateBytes = 2 * 1024 * 1024;
    const int PollMilliseconds = 1000;

    readonly PipeStream[] _streams;
    readonly OutputTail _tail;
    readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile bool _isLate;

    public OutputReader(PipeStream output, PipeStream error, OutputTail tail)
    {
        (_streams, _tail) = ([output, error], tail);
        new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "reads a deployment's output" }.Start();
    }

    /// <summary>Ends when everything is read.</summary>
    public Task Completion => _completion.Task;

    /// <summary>The writer has ended: reads what is left, and does not wait for others that hold the streams open.</summary>
    public void Finish() => _isLate = true;

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
            _streams, x => new PollDescriptor { Descriptor = (int)x.SafePipeHandle.DangerousGetHandle(), Events = PollDescriptor.Readable });
        var buffer = new byte[64 * 1024];
        var late = 0;
        while (late < MaxLateBytes && Array.Exists(descriptors, x => x.Descriptor >= 0))
        {
            // Asked before the poll: what was written before it is found by it.
            var isLate = _isLate;
            var ready = Libc.Poll(descriptors, (nuint)descriptors.Length, isLate ? 0 : PollMilliseconds);
            if (ready == 0 && isLate)
            {
                break;
            }

            for (var i = 0; ready > 0 && i < descriptors.Length; i++)
            {
                var count = descriptors[i].Descriptor >= 0 && descriptors[i].ReturnedEvents != 0 ? ReadFrom(i, buffer) : -1;
                descriptors[i].Descriptor = count == 0 ? -1 : descriptors[i].Descriptor;
                late += isLate ? Math.Max(count, 0) : 0;
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
