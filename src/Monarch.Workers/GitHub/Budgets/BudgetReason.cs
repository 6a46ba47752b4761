namespace Monarch.Workers.GitHub.Budgets;

/// <summary>What there is to wait for. The numbers are kept in Redis.</summary>
enum BudgetReason
{
    None = 0,

    /// <summary>GitHub has refused a request.</summary>
    Refused = 1,

    /// <summary>The requests of the hour are used up.</summary>
    Requests = 2,

    /// <summary>The creations of an hour.</summary>
    Hour = 3,

    /// <summary>The creations of a minute.</summary>
    Minute = 4,

    /// <summary>An account of which little is known starts modestly.</summary>
    Pace = 5,

    /// <summary>The points of a minute.</summary>
    Points = 6,

    /// <summary>Two creations keep a distance, and each comes in its turn.</summary>
    Turn = 7,

    /// <summary>Enough requests are under way.</summary>
    Busy = 8,

    /// <summary>One request alone tries whether GitHub is content.</summary>
    Trial = 9,
}
