using Monarch.Workers.Archive.Events;

namespace Monarch.Workers.Archive.Filing.Stores;

/// <summary>
/// The name of a temporary file, with all that another process needs to finish the file: <c>e0123…+20241201_143022_123456_key.json</c>.
/// </summary>
/// <param name="Kind">The kind of its content.</param>
/// <param name="Digest">The digest of the message (<see cref="MessageDigest"/>); empty without a message id.</param>
/// <param name="File">The first final name to try.</param>
readonly record struct TemporaryName(TemporaryKind Kind, string Digest, EventFileName File)
{
    const char Separator = '+';

    /// <inheritdoc/>
    public override string ToString() => $"{(char)Kind}{Digest}{Separator}{File}";

    /// <summary>Parses a name.</summary>
    /// <returns>Whether it is the name of a temporary file.</returns>
    public static bool TryParse(string text, out TemporaryName name)
    {
        name = default;
        var end = text.IndexOf(Separator, StringComparison.Ordinal);
        if (end < 1 || !Enum.IsDefined((TemporaryKind)text[0]))
        {
            return false;
        }

        var kind = (TemporaryKind)text[0];
        if (!EventFileName.TryParse(text[(end + 1)..], SuffixOf(kind), out var file))
        {
            return false;
        }

        name = new(kind, text[1..end], file);
        return true;
    }

    static string SuffixOf(TemporaryKind kind) =>
        kind switch
        {
            TemporaryKind.Body => EventFileName.BodySuffix,
            TemporaryKind.Reason => EventFileName.ReasonSuffix,
            _ => EventFileName.EventSuffix,
        };
}

/// <summary>The kind of a temporary file's content: the first letter of its name.</summary>
enum TemporaryKind
{
    /// <summary>An event.</summary>
    Event = 'e',

    /// <summary>The body of a rejected message.</summary>
    Body = 'b',

    /// <summary>The reason of a rejection.</summary>
    Reason = 'r',
}
