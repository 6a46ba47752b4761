using Monarch.Workers.Archive.Events;

namespace Monarch.Workers.Archive.Reading;

/// <summary>A binding key of a topic exchange: words between dots, <c>*</c> for one word, <c>#</c> for any number of them.</summary>
sealed class KeyPattern
{
    const string OneWord = "*";
    const string AnyWords = "#";

    readonly string _text,
        _encodedText;
    readonly string[] _words,
        _encodedWords;

    /// <param name="text">The binding key.</param>
    public KeyPattern(string text)
    {
        _text = text;
        _words = Words(text);
        _encodedText = RoutingKeyText.Of(text);
        _encodedWords = [.. _words.Select(word => word is OneWord or AnyWords ? word : Encode(word))];
    }

    /// <summary>Whether a routing key matches, as RabbitMQ matches it.</summary>
    /// <param name="routingKey">The key as it was published.</param>
    public bool Matches(string routingKey) => Match(_words, Words(routingKey));

    /// <summary>
    /// Whether an encoded routing key matches. Only the beginning of a truncated key is known: it matches the pattern that equals the key,
    /// and patterns that match its beginning.
    /// </summary>
    /// <param name="text">The key as encoded by <see cref="RoutingKeyText"/>.</param>
    public bool MatchesName(string text) => text == _encodedText || Match(_encodedWords, Words(text));

    /// <inheritdoc/>
    public override string ToString() => _text;

    // To RabbitMQ the empty key has no words.
    static string[] Words(string key) => key.Length == 0 ? [] : key.Split('.');

    // Word by word, because a whole key could be truncated.
    static string Encode(string word) => string.Concat(word.EnumerateRunes().Select(rune => RoutingKeyText.Of(rune.ToString())));

    // Backtracking to the latest # is sufficient: an earlier one would leave fewer words to it.
    static bool Match(string[] pattern, string[] words)
    {
        var (at, word, any, resume) = (0, 0, -1, 0);
        while (word < words.Length)
        {
            if (at < pattern.Length && pattern[at] == AnyWords)
            {
                (any, resume) = (at++, word);
            }
            else if (at < pattern.Length && (pattern[at] == OneWord || pattern[at] == words[word]))
            {
                at++;
                word++;
            }
            else if (any >= 0)
            {
                (at, word) = (any + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(at).IndexOfAnyExcept(AnyWords) < 0;
    }
}
