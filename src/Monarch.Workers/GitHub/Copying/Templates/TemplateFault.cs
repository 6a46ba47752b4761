using Monarch.Workers.GitHub.Markdown;

namespace Monarch.Workers.GitHub.Copying.Templates;

/// <summary>What is wrong at one place of a template.</summary>
/// <param name="Offset">The place, in UTF-16 code units from the start of the file's text.</param>
/// <param name="Problem">What is wrong there.</param>
/// <param name="Remedy">What to do, a sentence.</param>
sealed record TemplateFault(int Offset, string Problem, string Remedy)
{
    const int MaxShown = 40;

    /// <summary>A piece of a template as an error shows it.</summary>
    public static string Shown(string text) =>
        CodePoints.Take(text, MaxShown) is var start && start.Length < text.Length ? $"{start}…" : text;

    /// <summary>A place as an editor shows it: line and column, counted from 1.</summary>
    public static string Place(string text, int offset)
    {
        var before = text.AsSpan(0, offset);
        return $"line {before.Count('\n') + 1}, column {offset - before.LastIndexOf('\n')}";
    }
}
