namespace Monarch.Sandbox.Limits;

/// <summary>Why an account may not go on.</summary>
/// <param name="Limit">The limit that it ran into.</param>
/// <param name="Wait">How long it is refused from now on.</param>
/// <param name="WhileLimited">Whether it had been told so before.</param>
sealed record Refusal(Limit Limit, TimeSpan Wait, bool WhileLimited)
{
    public bool IsCreation => Limit is Limit.CreationsPerMinute or Limit.CreationsPerHour;
}
