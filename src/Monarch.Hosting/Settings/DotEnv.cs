using System.Text;

namespace Monarch.Hosting.Settings;

/// <summary>
/// Parses <c>.env</c> files: <c>KEY=value</c>, <c>export KEY=value</c>, comments, 'literal' and "escaped" quotes. Nothing is interpolated.
/// </summary>
sealed class DotEnv
{
    readonly Dictionary<string, string?> _values = new(StringComparer.OrdinalIgnoreCase);
    readonly List<string> _faults = [];

    public IReadOnlyDictionary<string, string?> Values => _values;

    /// <summary>The lines that could not be read. A line is reported by its number only: its content may be a secret.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public static DotEnv Parse(string text)
    {
        var parsed = new DotEnv();
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var content = line.Trim();
            if (content.Length > 0 && content[0] != '#' && !parsed.TryAdd(content))
            {
                parsed._faults.Add($".env, line {number}, cannot be read. Write it as KEY=value, with quotes closed on the same line.");
            }
        }
        return parsed;
    }

    bool TryAdd(string content)
    {
        if (content.StartsWith("export ", StringComparison.Ordinal))
        {
            content = content["export ".Length..].TrimStart();
        }

        var equals = content.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
        {
            return false;
        }

        var key = content[..equals].TrimEnd();
        if (
            !key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ':' or '-')
            || Value(content[(equals + 1)..].TrimStart()) is not { } value
        )
        {
            return false;
        }

        _values[key.Replace("__", ":", StringComparison.Ordinal)] = value;
        return true;
    }

    static string? Value(string text) =>
        text switch
        {
            ['\'' or '"', ..] => Quoted(text),
            ['#', ..] => "",
            _ => WithoutComment(text),
        };

    // In an unquoted value a # starts a comment only after whitespace: colours and URLs with fragments stay complete.
    static string WithoutComment(string text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '#' && char.IsWhiteSpace(text[i - 1]))
            {
                return text[..i].TrimEnd();
            }
        }
        return text;
    }

    static string? Quoted(string text)
    {
        var quote = text[0];
        var value = new StringBuilder(text.Length);
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                var rest = text.AsSpan(i + 1).TrimStart();
                return rest.IsEmpty || rest[0] == '#' ? value.ToString() : null;
            }
            if (quote == '"' && text[i] == '\\' && i + 1 < text.Length)
            {
                value.Append(
                    text[++i] switch
                    {
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        var escaped => escaped,
                    }
                );
            }
            else
            {
                value.Append(text[i]);
            }
        }
        return null;
    }
}
