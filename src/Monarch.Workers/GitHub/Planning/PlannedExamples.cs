using Monarch.Contracts.DryRuns;

namespace Monarch.Workers.GitHub.Planning;

/// <summary>Shortens a composed copy, so that it fits on a screen.</summary>
static class PlannedExamples
{
    const int MaxLines = 15;
    const int MaxLength = 2000;

    public static PlannedExample Of(int number, (string Title, string Body) copy)
    {
        var lines = copy.Body.ReplaceLineEndings("\n").Split('\n');
        var body = string.Join('\n', lines.Take(MaxLines));
        // Not between the two parts of a character.
        var length = body.Length <= MaxLength ? body.Length : MaxLength - (char.IsHighSurrogate(body[MaxLength - 1]) ? 1 : 0);
        return new(number, copy.Title, body[..length], lines.Length > MaxLines || length < body.Length);
    }
}
