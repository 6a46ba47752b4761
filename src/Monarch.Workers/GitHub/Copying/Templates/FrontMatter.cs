namespace Monarch.Workers.GitHub.Copying.Templates;

/// <summary>
/// Splits the text of a template file. Between two lines <c>---</c> at its start may be <c>title: …</c>, the template of the title; the
/// rest is the template of the body, without the line break at the end of the file.
/// </summary>
static class FrontMatter
{
    const string Fence = "---";
    const string TitleKey = "title:";

    /// <returns>The places of both templates; the title's is null when the file has none.</returns>
    public static (Range? Title, Range Body) Split(string text, List<TemplateFault> faults)
    {
        var end =
            text.EndsWith("\r\n", StringComparison.Ordinal) ? text.Length - 2
            : text.EndsWith('\n') ? text.Length - 1
            : text.Length;
        if (!IsFence(text[..LineEnd(text, 0)]))
        {
            return (null, 0..end);
        }

        Range? title = null;
        List<TemplateFault> wrongLines = [];
        for (var start = LineEnd(text, 0); start < text.Length; start = LineEnd(text, start))
        {
            var line = text[start..LineEnd(text, start)];
            if (IsFence(line))
            {
                faults.AddRange(wrongLines);
                var body = start + line.Length;
                return (title, body..Math.Max(body, end));
            }

            if (title is null && line.StartsWith(TitleKey, StringComparison.Ordinal))
            {
                title = Value(text, start + TitleKey.Length, start + line.Length);
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                wrongLines.Add(
                    new(
                        start,
                        $"the front matter has the line '{TemplateFault.Shown(line.Trim())}'",
                        $"It may have one line that starts with '{TitleKey}', and no other."
                    )
                );
            }
        }

        faults.Add(
            new(
                0,
                $"the front matter, which the line '{Fence}' opens, is not closed",
                $"Add a line '{Fence}' below it. If that line is a horizontal rule, write it as '***'."
            )
        );
        return (null, end..end);
    }

    /// <summary>The value without the white space around it, and without quotes around all of it.</summary>
    static Range Value(string text, int start, int end)
    {
        var value = text[start..end];
        start += value.Length - value.TrimStart().Length;
        value = value.Trim();
        var isQuoted = value.Length > 1 && value[0] is '"' or '\'' && value[^1] == value[0];
        return isQuoted ? (start + 1)..(start + value.Length - 1) : start..(start + value.Length);
    }

    static bool IsFence(string line) => line.TrimEnd() == Fence;

    /// <summary>The place after the line break that ends the line at <paramref name="start"/>.</summary>
    static int LineEnd(string text, int start)
    {
        var end = text.IndexOf('\n', start);
        return end < 0 ? text.Length : end + 1;
    }
}
