using System.Text;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>
/// The text that GitHub searches for references, after Markdown has been rendered: escapes and entities are decoded, and a separator
/// stands where code, a tag, emphasis or the end of a line interrupts the text. Each character knows its place in the source.
/// </summary>
sealed class VisibleText
{
    /// <summary>Stands between two texts.</summary>
    public const char Separator = '\0';

    /// <summary>Stands for an address that GitHub links by itself.</summary>
    const char AddressSign = '\uFFFC';

    readonly StringBuilder _text = new();
    readonly List<VisibleCharacter> _characters = [];
    readonly Dictionary<int, string> _addresses = [];

    /// <summary>The positions, in this text, of the addresses that GitHub links by itself.</summary>
    public IReadOnlyDictionary<int, string> Addresses => _addresses;

    public int Length => _characters.Count;

    public VisibleCharacter this[int index] => _characters[index];

    public override string ToString() => _text.ToString();

    /// <summary>Adds a character that is written at the source positions from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public void Add(char character, int start, int end, TextPlace place)
    {
        if (_characters.Count > 0 && (_characters[^1].End + 1 != start || _characters[^1].Place != place))
        {
            _text.Append(Separator);
            _characters.Add(new VisibleCharacter(start, start - 1, place));
        }

        _text.Append(character);
        _characters.Add(new VisibleCharacter(start, end, place));
    }

    /// <summary>Whether an address without angle brackets ends here: GitHub then reads what follows as a part of it.</summary>
    public bool FollowsBareAddress(int index) =>
        _addresses.TryGetValue(index - 1, out var url) && this[index - 1].End - this[index - 1].Start + 1 == url.Length;

    public void AddAddress(string url, int start, int end)
    {
        Add(AddressSign, start, end, TextPlace.Text);
        _addresses.Add(_characters.Count - 1, url);
    }
}

/// <summary>The first and last source position of a visible character.</summary>
readonly record struct VisibleCharacter(int Start, int End, TextPlace Place);

/// <summary>What may be written at a place.</summary>
enum TextPlace
{
    /// <summary>Everything of Markdown.</summary>
    Text,

    /// <summary>The text of a link, which cannot contain another one.</summary>
    LinkText,

    /// <summary>Between HTML tags, where Markdown is not read.</summary>
    Html,
}
