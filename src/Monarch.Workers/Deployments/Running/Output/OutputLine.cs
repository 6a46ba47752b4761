namespace Monarch.Workers.Deployments.Running.Output;

/// <summary>The current line of a stream: its first bytes, and whether it is longer.</summary>
sealed class OutputLine
{
    /// <summary>The length up to which a line is kept completely.</summary>
    public const int MaxBytes = 2000;

    readonly byte[] _bytes = new byte[MaxBytes];
    int _length;
    bool _isReturned;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public bool IsCut { get; private set; }

    public bool IsEmpty => _length == 0 && !IsCut;

    /// <summary>Consumes the bytes of the line.</summary>
    /// <param name="chunk">The bytes that were read; consumed bytes are removed.</param>
    /// <returns>Whether the line is complete.</returns>
    public bool Take(ref ReadOnlySpan<byte> chunk)
    {
        while (!chunk.IsEmpty)
        {
            if (_isReturned && chunk[0] is not ((byte)'\n' or (byte)'\r'))
            {
                // A progress bar overwrites its own line; the last text remains.
                Clear();
            }

            var end = chunk.IndexOfAny((byte)'\n', (byte)'\r');
            Append(end < 0 ? chunk : chunk[..end]);
            _isReturned = end >= 0 && chunk[end] == (byte)'\r';
            chunk = end < 0 ? [] : chunk[(end + 1)..];
            if (end >= 0 && !_isReturned)
            {
                return true;
            }
        }

        return false;
    }

    public void Clear() => (_length, IsCut, _isReturned) = (0, false, false);

    void Append(ReadOnlySpan<byte> text)
    {
        var room = MaxBytes - _length;
        if (text.Length > room)
        {
            text = text[..room];
            IsCut = true;
        }

        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
    }
}
