using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Monarch.Workers.Archive.Events;

namespace Monarch.Workers.Archive.Reading;

/// <summary>
/// Checks JSON piece by piece, by the rules of filing: valid UTF-8 without a byte order mark, one value of any kind. Memory holds at most
/// the longest string or number.
/// </summary>
sealed class JsonCheck(int maxDepth = JsonText.MaxDepth, JsonCheck.Token? seen = null)
{
    // The maximum of ArchiveOptions.MaxBytes; arrays cannot be much larger.
    const int LongestToken = 1 << 30;

    readonly ArrayBufferWriter<byte> _rest = new();
    JsonReaderState _state = Fresh(maxDepth);
    string? _problem;
    bool _hasBegun;

    // Bytes of the rest that are valid UTF-8, and the length at which another read can make progress.
    int _checked,
        _worthReading;

    /// <summary>Handles a token.</summary>
    /// <param name="reader">The reader at the token.</param>
    public delegate void Token(ref Utf8JsonReader reader);

    /// <summary>Adds the next piece.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        if (_problem is not null || piece.IsEmpty)
        {
            return;
        }

        _rest.Write(piece);
        _hasBegun = true;
        if (_rest.WrittenCount >= _worthReading)
        {
            Read(isLast: false);
        }
    }

    /// <summary>Ends the document; the next piece starts another one.</summary>
    /// <returns>The problem, such as <c>is not JSON: …</c>; null if the document is complete and valid.</returns>
    public string? End()
    {
        if (_problem is null)
        {
            Read(isLast: true);
        }

        var problem = _hasBegun ? _problem : "is empty";
        _rest.ResetWrittenCount();
        (_state, _problem, _hasBegun, _checked, _worthReading) = (Fresh(maxDepth), null, false, 0, 0);
        return problem;
    }

    static JsonReaderState Fresh(int maxDepth) => new(new JsonReaderOptions { MaxDepth = maxDepth });

    void Read(bool isLast)
    {
        var bytes = _rest.WrittenSpan;
        var cut = isLast ? 0 : CutCharacter(bytes[_checked..]);
        if (!Utf8.IsValid(bytes[_checked..^cut]))
        {
            _problem = "is not UTF-8";
            return;
        }

        _checked = bytes.Length - cut;
        var reader = new Utf8JsonReader(bytes, isLast, _state);
        try
        {
            while (reader.Read())
            {
                seen?.Invoke(ref reader);
            }
        }
        // InvalidOperationException for a string that is not valid text, such as "\ud800", when it is read.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            _problem =
                bytes.StartsWith("\uFEFF"u8) && reader.TokenStartIndex == 0 && e is JsonException { LineNumber: 0, BytePositionInLine: 0 }
                    ? "begins with a byte order mark"
                    : $"is not JSON: {e.Message}";
            return;
        }

        _state = reader.CurrentState;
        Keep((int)reader.BytesConsumed);
    }

    void Keep(int consumed)
    {
        var left = _rest.WrittenCount - consumed;
        if (left > LongestToken)
        {
            _problem = "has a string that is longer than any event";
            return;
        }

        _checked = Math.Max(0, _checked - consumed);
        if (consumed > 0)
        {
            var kept = _rest.WrittenSpan[consumed..].ToArray();
            _rest.ResetWrittenCount();
            _rest.Write(kept);
            _worthReading = 0;
        }
        else
        {
            // A token is always read from its start; waiting for twice the bytes bounds the total cost by four times its length.
            _worthReading = 2 * left;
        }
    }

    // The number of bytes at the end that begin a character, which the next piece may complete.
    static int CutCharacter(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var value = bytes[^back];
            if (value < 0x80)
            {
                return 0;
            }

            if (value >= 0xC0)
            {
                var length =
                    value >= 0xF0 ? 4
                    : value >= 0xE0 ? 3
                    : 2;
                return length > back ? back : 0;
            }
        }

        return 0;
    }
}
