using System.Text;
using Microsoft.Extensions.Logging;

namespace Monarch.Workers.Deployments.Running.Output;

/// <summary>
/// The output of a command on both streams: the first lines are logged, the last ones are kept. Memory does not grow with the output.
/// One thread writes; <see cref="Lines"/> is called after it has ended.
/// </summary>
sealed class OutputTail(ILogger logger, Guid deploymentId, string server)
{
    public const int MaxLines = 50;
    public const int MaxBytes = 8 * 1024;
    public const int MaxLogged = 5000;

    readonly OutputLine[] _writing = [new(), new()];
    readonly KeptLine[] _kept = [.. Enumerable.Range(0, MaxLines).Select(_ => new KeptLine())];
    long _count;

    /// <summary>Adds output of a stream.</summary>
    /// <param name="stream">0 or 1.</param>
    /// <param name="chunk">The next bytes of the stream.</param>
    public void Write(int stream, ReadOnlySpan<byte> chunk)
    {
        var line = _writing[stream];
        while (line.Take(ref chunk))
        {
            Add(line);
        }
    }

    /// <summary>Ends a stream, possibly in the middle of a line.</summary>
    /// <param name="stream">0 or 1.</param>
    public void End(int stream)
    {
        if (!_writing[stream].IsEmpty)
        {
            Add(_writing[stream]);
        }
    }

    /// <summary>The last lines, the oldest first.</summary>
    public IReadOnlyList<string> Lines()
    {
        var lines = new List<string>();
        var bytes = 0;
        for (var index = _count - 1; index >= Math.Max(0, _count - MaxLines); index--)
        {
            var text = _kept[index % MaxLines].Text();
            bytes += Encoding.UTF8.GetByteCount(text);
            if (bytes > MaxBytes)
            {
                break;
            }

            lines.Add(text);
        }

        lines.Reverse();
        return lines;
    }

    void Add(OutputLine line)
    {
        var kept = _kept[_count % MaxLines];
        kept.Take(line);
        line.Clear();
        if (_count < MaxLogged)
        {
            logger.Output(server, deploymentId, kept.Text());
        }
        else if (_count == MaxLogged)
        {
            logger.OutputNotLogged(server, deploymentId, MaxLogged);
        }

        _count++;
    }

    sealed class KeptLine
    {
        readonly byte[] _bytes = new byte[OutputLine.MaxBytes];
        int _length;
        bool _isCut;

        public void Take(OutputLine line)
        {
            line.Bytes.CopyTo(_bytes);
            (_length, _isCut) = (line.Bytes.Length, line.IsCut);
        }

        public string Text() => OutputText.Of(_bytes.AsSpan(0, _length), _isCut);
    }
}
