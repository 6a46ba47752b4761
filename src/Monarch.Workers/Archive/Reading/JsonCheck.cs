using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Monarch.Workers.Archive.Events;

namespace Monarch.Workers.Archive.Reading;

/// <summary>
/// Checks JSON piece by piece, by the rules of filing: valid UTF-8 without a byte order mark, one value of any kind. It keeps no more than
/// the longest string or number.
/// </summary>
sealed class JsonCheck(int maxDepth = JsonText.MaxDepth, JsonCheck.Token? seen = null)
{
    // No event is larger (ArchiveOptions.MaxBytes), and no array can be much larger.
    const int LongestToken = 1 << 30;

    readonly ArrayBufferWriter<byte> _rest = new();
    JsonReaderState _state = Fresh(maxDepth);
    string? _problem;
    bool _hasBegun;
    // Bytes of the rest that are known to be UTF-8, and the length from which on reading it again can make progress.
    int _checked, _worthReading;

    /// <summary>Looks at a token.</summary>
    /// <param name="reader">Stands at it.</param>
    public delegate void Token(ref Utf8JsonReader reader);

    /// <summary>Takes the next piece.</summary>
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

    /// <summary>Ends the JSON; the next piece begins another.</summary>
    /// <returns>What is wrong with it, such as <c>is not JSON: …</c>; null when it is whole and valid.</returns>
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
        // The latter for a string that is no text, such as "\ud800", when it is looked at.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            _problem = bytes.StartsWith("\uFEFF"u8) && reader.TokenStartIndex == 0 && e is JsonException { LineNumber: 0, BytePositionInLine: 0 }
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
            // A token is read from its beginning each time: with twice the bytes the whole of it costs no more than four times its length.
            _worthReading = 2 * left;
        }
    }

    // How many bytes at the end are the beginning of a character that the next piece may complete.
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
                var length = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2;
                return length > back ? back : 0;
            }
        }

        return 0;
    }
}
