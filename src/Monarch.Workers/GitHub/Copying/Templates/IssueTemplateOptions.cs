using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.GitHub.Copying.Templates;

/// <summary>The template of the copies.</summary>
sealed class IssueTemplateOptions
{
    internal const string Key = "ISSUE_TEMPLATE";

    /// <summary>The path of the template's file; null or empty: title and body as in the source.</summary>
    [ConfigurationKeyName(Key)]
    public string? Path { get; set; }

    /// <summary>The template, once <see cref="Load"/> has found no error.</summary>
    internal IssueTemplate Template { get; private set; } = IssueTemplate.Default;

    internal IReadOnlyList<string> Errors { get; private set; } = [];

    internal void Load()
    {
        if (!string.IsNullOrWhiteSpace(Path))
        {
            (var template, Errors) = IssueTemplateFile.Read(Path.Trim());
            Template = template ?? IssueTemplate.Default;
        }
    }
}
