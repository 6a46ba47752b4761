namespace Monarch.Hosting.Logging.Store;

/// <summary>The lines that wait to be written, bounded in number and memory: the oldest are dropped.</summary>
sealed class LogBuffer(int maxLines = LogBuffer.MaxLines, int maxLength = LogBuffer.MaxLength)
{
    public const int MaxLines = 10_000;

    // Characters, so about twice as many bytes.
    const int MaxLength = 4 * 1024 * 1024;

    readonly Lock _gate = new();
    readonly Queue<LogLine> _lines = new();
    long _length;

    /// <returns>The number of dropped lines.</returns>
    public int Add(LogLine line)
    {
        lock (_gate)
        {
            _lines.Enqueue(line);
            _length += line.Length;
            var dropped = 0;
            while (_lines.Count > maxLines || _length > maxLength)
            {
                Take();
                dropped++;
            }

            return dropped;
        }
    }

    /// <summary>Removes and returns the oldest lines; empty when there are none.</summary>
    public IReadOnlyList<LogLine> Take(int lines, int length)
    {
        lock (_gate)
        {
            var taken = new List<LogLine>(Math.Min(lines, _lines.Count));
            var left = (long)length;
            while (_lines.Count > 0 && taken.Count < lines && left > 0)
            {
                var line = Take();
                left -= line.Length;
                taken.Add(line);
            }

            return taken;
        }
    }

    /// <returns>The number of removed lines.</returns>
    public int Clear()
    {
        lock (_gate)
        {
            var count = _lines.Count;
            _lines.Clear();
            _length = 0;
            return count;
        }
    }

    LogLine Take()
    {
        var line = _lines.Dequeue();
        _length -= line.Length;
        return line;
    }
}
