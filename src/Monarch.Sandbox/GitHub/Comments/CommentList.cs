namespace Monarch.Sandbox.GitHub.Comments;

/// <summary>The comments on the issues of a repository. Thread-safe.</summary>
sealed class CommentList
{
    readonly Lock _lock = new();
    readonly SortedDictionary<long, Comment> _comments = [];

    public Comment? Find(long id)
    {
        lock (_lock)
        {
            return _comments.GetValueOrDefault(id);
        }
    }

    /// <summary>All comments.</summary>
    public IReadOnlyList<Comment> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _comments.Values];
            }
        }
    }

    /// <summary>The comments on an issue, in order of creation.</summary>
    public IReadOnlyList<Comment> Of(int issueNumber)
    {
        lock (_lock)
        {
            return [.. _comments.Values.Where(comment => comment.IssueNumber == issueNumber)];
        }
    }

    /// <summary>Adds a comment, or replaces the one with its id.</summary>
    public Comment Set(Comment comment)
    {
        lock (_lock)
        {
            return _comments[comment.Id] = comment;
        }
    }

    public void Remove(Comment comment)
    {
        lock (_lock)
        {
            _comments.Remove(comment.Id);
        }
    }
}

/// <summary>An immutable comment; a change replaces it.</summary>
sealed record Comment
{
    public required long Id { get; init; }
    public required int IssueNumber { get; init; }
    public string? User { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was added to the sandbox: listings lag behind this time.</summary>
    public required DateTimeOffset InsertedAt { get; init; }
}
