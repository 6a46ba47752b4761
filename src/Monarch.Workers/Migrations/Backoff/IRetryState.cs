using Monarch.Contracts;

namespace Monarch.Workers.Migrations.Backoff;

/// <summary>The retry state of a saga's current step, or of one target of a migration.</summary>
interface IRetryState
{
    /// <summary>The reason for a wait or a failure; null when neither.</summary>
    Failure? Failure { get; set; }

    /// <summary>The number of failures in a row.</summary>
    int Failures { get; set; }

    /// <summary>When the failures in a row began (UTC); null when the last step succeeded.</summary>
    DateTimeOffset? FailingSince { get; set; }

    /// <summary>When a series of unproven refusals, such as 404, began (UTC); null when there is none.</summary>
    DateTimeOffset? RefusedSince { get; set; }
}
