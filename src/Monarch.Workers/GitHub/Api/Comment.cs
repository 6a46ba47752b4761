namespace Monarch.Workers.GitHub.Api;

/// <summary>The used fields of a comment on an issue.</summary>
sealed record Comment
{
    /// <summary>GitHub's id of the comment, unique among all comments on issues.</summary>
    public required long Id { get; init; }

    /// <summary>Null when GitHub does not return it.</summary>
    public string? Body { get; init; }

    /// <summary>Its author; null when the account was deleted.</summary>
    public Person? User { get; init; }

    /// <summary>Null when GitHub does not return it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The API's address of its issue; null when GitHub does not return it.</summary>
    public string? IssueUrl { get; init; }

    /// <summary>The address of its web page; null when GitHub does not return it.</summary>
    public string? HtmlUrl { get; init; }
}

/// <summary>The request that creates a comment.</summary>
sealed record NewComment(string Body);
