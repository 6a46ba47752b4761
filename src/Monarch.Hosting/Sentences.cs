using Monarch.Contracts;

namespace Monarch.Hosting;

/// <summary>Joins the messages of GitHub, Slack or other programs and Monarch's own.</summary>
public static class Sentences
{
    /// <summary>Joins the texts as sentences, and adds missing full stops: foreign messages such as "Not Found" have none.</summary>
    /// <param name="texts">The texts; null and empty ones are left out.</param>
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

    /// <summary>The message of a failure, and its remedy.</summary>
    /// <param name="failure">The failure.</param>
    public static string InWords(this Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return Of(failure.Message, failure.Remedy);
    }
}
