using Monarch.Contracts;

namespace Monarch.Hosting;

/// <summary>Puts what GitHub, Slack or another program said and our own words in a row.</summary>
public static class Sentences
{
    /// <summary>The texts as sentences, each with an end: foreign messages such as "Not Found" have none.</summary>
    /// <param name="texts">What is said; null and empty ones are left out.</param>
    public static string Of(params ReadOnlySpan<string?> texts)
    {
        var sentences = new List<string>(texts.Length);
        foreach (var text in texts)
        {
            if (text?.Trim() is { Length: > 0 } sentence)
            {
                sentences.Add(sentence[^1] is '.' or '!' or '?' or ':' or '…' or '。' ? sentence : sentence + ".");
            }
        }

        return string.Join(' ', sentences);
    }

    /// <summary>What happened, and what can be done about it.</summary>
    /// <param name="failure">The failure.</param>
    public static string InWords(this Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return Of(failure.Message, failure.Remedy);
    }
}
