namespace Monarch.Sandbox.Limits;

/// <summary>The refusal of a request by a rate limit.</summary>
/// <param name="Limit">The exceeded limit.</param>
/// <param name="Wait">How long requests are still refused.</param>
/// <param name="WhileLimited">Whether the account was limited already.</param>
sealed record Refusal(Limit Limit, TimeSpan Wait, bool WhileLimited)
{
    public bool IsCreation => Limit is Limit.CreationsPerMinute or Limit.CreationsPerHour;
}

enum Limit
{
    Primary,
    Concurrency,
    PointsPerMinute,
    CreationsPerMinute,
    CreationsPerHour,
    Banned,
}
