using Monarch.Contracts;

namespace Monarch.Workers.Migrations.Backoff;

/// <summary>What is tried again after a failure: a saga's present step, or one target of a batch.</summary>
interface IRetryState
{
    /// <summary>Why it waits or has failed; null when neither.</summary>
    Failure? Failure { get; set; }

    /// <summary>How many failures came in a row.</summary>
    int Failures { get; set; }

    /// <summary>When the failures in a row began (UTC); null when the last step went well.</summary>
    DateTimeOffset? FailingSince { get; set; }

    /// <summary>Since when GitHub gives, in a row, an answer that one answer does not prove, such as 404 (UTC); null when it does not.</summary>
    DateTimeOffset? RefusedSince { get; set; }
}
