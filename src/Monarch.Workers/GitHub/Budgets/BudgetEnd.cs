namespace Monarch.Workers.GitHub.Budgets;

/// <summary>How a request that was granted ended.</summary>
enum BudgetEnd
{
    /// <summary>GitHub did what was asked: it is content with the pace.</summary>
    Answered,

    /// <summary>GitHub did not, for a reason that has nothing to do with the pace.</summary>
    Declined,

    /// <summary>One of GitHub's limits was reached.</summary>
    Refused,

    /// <summary>A time-out, a 5xx, a connection lost: it may have been carried out.</summary>
    Failed,

    /// <summary>GitHub could not be reached.</summary>
    Unreached,

    /// <summary>It was not made.</summary>
    Void,
}
