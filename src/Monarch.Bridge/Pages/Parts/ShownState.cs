namespace Monarch.Bridge.Pages.Parts;

/// <summary>A state as a page shows it: a sign of its own shape, a word, a colour by its meaning.</summary>
/// <param name="Sign">The sign: the id of its symbol without the prefix.</param>
/// <param name="Tone">The meaning: <c>idle</c>, <c>run</c>, <c>wait</c>, <c>ok</c>, <c>warn</c> or <c>bad</c>.</param>
/// <param name="Words">The word.</param>
public sealed record ShownState(string Sign, string Tone, string Words)
{
    /// <summary>The end of a wait (UTC); null when it does not wait.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The reason in one line; null for none.</summary>
    public string? Reason { get; init; }

    /// <summary>A remark below the word; null for none.</summary>
    public string? Remark { get; init; }
}
