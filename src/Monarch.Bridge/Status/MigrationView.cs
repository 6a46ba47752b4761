using Monarch.Contracts;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Status;

/// <summary>A migration as the API shows it.</summary>
public sealed record MigrationView
{
    /// <summary>Identifies the migration.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its status.</summary>
    public required BatchStatus Status { get; init; }

    /// <summary>The template repository.</summary>
    public required string Source { get; init; }

    /// <summary>The Slack channel; left out when nothing goes to Slack.</summary>
    public string? NotificationChannel { get; init; }

    /// <summary>When it was requested (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it ended (UTC); left out while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How many issues each repository gets; left out until the source is read.</summary>
    public int? IssueCount { get; init; }

    /// <summary>How many repositories it has.</summary>
    public required int RepositoryCount { get; init; }

    /// <summary>How many of them have ended.</summary>
    public required int RepositoriesEnded { get; init; }

    /// <summary>The expected end (UTC) under GitHub's limits; left out in lists, when it is not running, and when unknown.</summary>
    public DateTimeOffset? ExpectedEndAt { get; init; }

    /// <summary>It waits until this time (UTC); left out when it does not wait.</summary>
    public DateTimeOffset? WaitingUntil { get; init; }

    /// <summary>Whether it is paused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The latest 20 interventions, oldest first.</summary>
    public IReadOnlyList<Intervention> Interventions { get; init; } = [];

    /// <summary>What the request says about what is copied; left out in lists, and when it says nothing.</summary>
    public CopyOptions? Copy { get; init; }

    /// <summary>The id of the trace of its current run; left out when it has none.</summary>
    public string? TraceId { get; init; }

    /// <summary>Why it waits or failed; left out when neither.</summary>
    public Failure? Failure { get; init; }

    /// <summary>Each repository; left out in lists.</summary>
    public IReadOnlyList<RepositoryView>? Repositories { get; init; }
}
