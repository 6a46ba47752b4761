using System.Globalization;
using System.Text.RegularExpressions;
using HandlebarsDotNet;
using Monarch.Workers.GitHub.Markdown;

namespace Monarch.Workers.GitHub.Copying.Templates;

/// <summary>
/// How the title and the body of a copy are made of those of the source: a Handlebars template, compiled once. It depends on nothing but
/// the data, so that every worker renders the same text. Values are inserted as they are, neither escaped nor read as a template.
/// </summary>
sealed class IssueTemplate
{
    /// <summary>GitHub's limit for a title.</summary>
    public const int MaxTitleLength = 256;

    static readonly char[] LineBreaks = ['\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029'];

    readonly HandlebarsTemplate<object, object>? _title;
    readonly HandlebarsTemplate<object, object>? _body;

    IssueTemplate(HandlebarsTemplate<object, object>? title, HandlebarsTemplate<object, object>? body) => (_title, _body) = (title, body);

    /// <summary>Whether it changes nothing.</summary>
    public bool IsDefault => _body is null;

    /// <summary>The source's title and body, unchanged.</summary>
    public static IssueTemplate Default { get; } = new(null, null);

    /// <param name="text">The text of a template file.</param>
    /// <param name="faults">Receives what is wrong with it.</param>
    /// <returns>Null when something is wrong.</returns>
    public static IssueTemplate? Read(string text, List<TemplateFault> faults)
    {
        var (title, body) = FrontMatter.Split(text, faults);
        foreach (var part in title is { } range ? [range, body] : new[] { body })
        {
            TemplateCheck.Run(text, part, faults);
        }

        if (faults.Count == 0 && string.IsNullOrWhiteSpace(text[body]))
        {
            faults.Add(new(body.Start.Value, "the body of every copy would be empty", "Write {{body}} for the source's."));
        }

        var handlebars = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true, FormatProvider = CultureInfo.InvariantCulture });
        var template =
            faults.Count > 0
                ? null
                : new IssueTemplate(
                    title is { } place ? Compile(handlebars, text, place, faults) : null,
                    Compile(handlebars, text, body, faults)
                );
        return faults.Count > 0 ? null : template;
    }

    /// <summary>
    /// The title and the body of a copy. The body may be longer than GitHub allows. A title of the template has one line, is cut at
    /// GitHub's limit, and is the source's where it would be empty.
    /// </summary>
    public (string Title, string Body) Render(IssueTemplateData data)
    {
        if (_body is null)
        {
            return (data.Title, data.Body ?? "");
        }

        var values = IssueTemplateFields.Values(data);
        return (_title is null ? data.Title : TitleOf(_title(values, null), data.Title), _body(values, null));
    }

    static string TitleOf(string rendered, string sourceTitle)
    {
        var line = string.Join(' ', rendered.Split(LineBreaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length == 0 ? sourceTitle
            : CodePoints.Count(line) <= MaxTitleLength ? line
            : $"{CodePoints.Take(line, MaxTitleLength - 1).TrimEnd()}…";
    }

    // The check has accepted the template: this finds only what the check and the library read differently.
    static HandlebarsTemplate<object, object>? Compile(IHandlebars handlebars, string text, Range part, List<TemplateFault> faults)
    {
        try
        {
            return handlebars.Compile(text[part]);
        }
        catch (Exception e) when (e is HandlebarsException or InvalidOperationException or ArgumentException or RegexMatchTimeoutException)
        {
            faults.Add(new(part.Start.Value, $"the template below cannot be compiled: {e.Message}", "Simplify it."));
            return null;
        }
    }
}
