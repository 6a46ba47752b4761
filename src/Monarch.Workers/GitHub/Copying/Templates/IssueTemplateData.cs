namespace Monarch.Workers.GitHub.Copying.Templates;

/// <summary>What a template can say about an issue and its copy. All of it is text of other people: it is inserted as it is.</summary>
sealed record IssueTemplateData
{
    /// <summary>The title in the source.</summary>
    public required string Title { get; init; }

    /// <summary>The body in Markdown; null for none.</summary>
    public string? Body { get; init; }

    /// <summary>The number in the source.</summary>
    public required int Number { get; init; }

    /// <summary>The address of its web page.</summary>
    public required string Url { get; init; }

    /// <summary>When it was created in the source; null when GitHub does not return it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The login of its author; null when the account was deleted.</summary>
    public string? UserName { get; init; }

    /// <summary>The address of the author's page; null when the account was deleted.</summary>
    public string? UserUrl { get; init; }

    /// <summary>The address of the author's picture; null when the account was deleted.</summary>
    public string? UserAvatar { get; init; }

    /// <summary>The names of its labels, in the source's order.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The title of its milestone; null for none.</summary>
    public string? Milestone { get; init; }

    /// <summary>The source, <c>owner/name</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The repository that receives the copy, <c>owner/name</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The team's name, which is the name of its repository.</summary>
    public string Team => Target[(Target.LastIndexOf('/') + 1)..];
}
