using Monarch.Contracts.Migrations;

namespace Monarch.Workers.GitHub.Copying.Ledger;

/// <summary>
/// The state of each issue of a source in a target, and the attempt that is creating it. Each call is atomic. The target's markers are
/// authoritative; the ledger avoids reading them in most cases.
/// </summary>
interface ILedger
{
    /// <summary>Returns the current epoch, or begins a new one when the last has ended.</summary>
    /// <param name="lifetime">The lifetime of the intents written in the last epoch.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<LedgerEpoch> OpenAsync(TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>Records that the target was read and contains these copies and no others.</summary>
    /// <param name="key">The source and the target.</param>
    /// <param name="epochId">The epoch in which the reading began.</param>
    /// <param name="targetNumbers">The copies, as source and target issue numbers.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when the epoch has ended; the target still counts as unread.</returns>
    Task<bool> SetReadAsync(
        LedgerKey key,
        string epochId,
        IReadOnlyDictionary<int, int> targetNumbers,
        CancellationToken cancellationToken
    );

    /// <summary>Requests the right to create an issue or a comment.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="lifetime">The lifetime of the intent, unless the attempt ends earlier.</param>
    /// <param name="searched">The token of a doubtful attempt whose copy was searched for and not found; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<LedgerAnswer> BeginAsync(LedgerAttempt attempt, TimeSpan lifetime, string? searched, CancellationToken cancellationToken);

    /// <summary>Records that the issues exist in the target, and removes their rejections in the pass.</summary>
    Task SetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken);

    /// <summary>Ends an attempt that may have created the issue.</summary>
    Task SetDoubtfulAsync(LedgerAttempt attempt, CancellationToken cancellationToken);

    /// <summary>Ends an attempt that did not create the issue.</summary>
    Task SetUntriedAsync(LedgerAttempt attempt, CancellationToken cancellationToken);

    /// <summary>
    /// Records that GitHub rejected the issue in this pass, or that the issue itself cannot be copied. Does not end an attempt or affect a
    /// created issue; a retry of the migration tries the issue again.
    /// </summary>
    Task SetRejectedAsync(LedgerKey key, RejectedIssue issue, CancellationToken cancellationToken);

    /// <summary>The created ones of these issues, with their numbers in the target.</summary>
    Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, IReadOnlyList<int> numbers, CancellationToken cancellationToken);

    /// <summary>Every created issue, with its number in the target.</summary>
    Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, CancellationToken cancellationToken);

    /// <summary>Removes deleted copies. An issue that has another number in the target is kept.</summary>
    Task ForgetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken);

    /// <summary>Every issue rejected in the pass, ordered by number.</summary>
    Task<IReadOnlyList<RejectedIssue>> GetRejectedAsync(LedgerKey key, CancellationToken cancellationToken);

    /// <summary>Whether the target was read in this epoch: a missing entry then means that there is no copy.</summary>
    Task<bool> IsReadAsync(LedgerKey key, CancellationToken cancellationToken);

    /// <summary>Records what copies lack, in this pass. A note replaces an earlier one about the same field of the same issue.</summary>
    Task AddNotesAsync(LedgerKey key, IReadOnlyList<IssueNote> notes, CancellationToken cancellationToken);

    /// <summary>Records that these comments exist on a copy.</summary>
    /// <param name="key">The source, the target and the copy.</param>
    /// <param name="comments">The comments, as numbers of attempts.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task SetCommentsAsync(LedgerKey key, IReadOnlyCollection<long> comments, CancellationToken cancellationToken);

    /// <summary>The comments that exist on a copy, as numbers of attempts.</summary>
    Task<IReadOnlySet<long>> GetCommentsAsync(LedgerKey key, CancellationToken cancellationToken);

    /// <summary>Every note of the pass, ordered by number and field.</summary>
    Task<IReadOnlyList<IssueNote>> GetNotesAsync(LedgerKey key, CancellationToken cancellationToken);

    /// <summary>What the finished ones of these issues' copies were finished with.</summary>
    Task<IReadOnlyDictionary<int, string>> GetFinishedAsync(LedgerKey key, IReadOnlyList<int> numbers, CancellationToken cancellationToken);

    /// <summary>Records that the copy of an issue is finished, and with what.</summary>
    Task SetFinishedAsync(LedgerKey key, int number, string content, CancellationToken cancellationToken);
}

/// <summary>Identifies the ledger of a source and a target by GitHub's numeric ids.</summary>
/// <param name="SourceRepositoryId">The id of the source.</param>
/// <param name="TargetRepositoryId">The id of the target.</param>
/// <param name="Pass">
/// The pass of the rejections, which are kept per pass; all other entries are shared by all passes. Null for a pass that an earlier
/// version began.
/// </param>
readonly record struct LedgerKey(long SourceRepositoryId, long TargetRepositoryId, Guid? Pass = null)
{
    /// <summary>
    /// The number of a copy in the target: the entries are those of its comments, which are created and read like the issues of a target.
    /// Null for the issues.
    /// </summary>
    public int? Copy { get; init; }

    /// <summary>The key of the entries that all passes share.</summary>
    public LedgerKey AllPasses => this with { Pass = null };
}

/// <summary>One attempt to create one issue or comment.</summary>
/// <param name="Key">The source and the target, and the copy of a comment.</param>
/// <param name="Number">The issue's number in the source; of a comment, <see cref="Markdown.CommentKey.Number"/>.</param>
/// <param name="Owner">Unique to this attempt.</param>
sealed record LedgerAttempt(LedgerKey Key, long Number, string Owner);

/// <summary>
/// A period in which the ledger lost no entries. After a restart, failover or flush of Redis entries may be missing, so a new epoch
/// begins: every target counts as unread, and may be read only after requests in flight have ended and appear in GitHub's listings.
/// </summary>
/// <param name="Id">Identifies the epoch.</param>
/// <param name="Wait">The time until targets may be read; zero or less when they may be read now.</param>
sealed record LedgerEpoch(string Id, TimeSpan Wait)
{
    /// <summary>Whether Redis contained no epoch: it is new or was emptied. False after a restart or failover.</summary>
    public bool IsFirst { get; init; }

    /// <summary>The cause of the epoch, as the beginning of a sentence.</summary>
    public string Cause =>
        IsFirst ? "First start on an empty Redis" : "Redis was restarted or failed over, and may have lost its last writes";
}
