namespace Monarch.IntegrationTests.Chaos;

/// <summary>What may be killed.</summary>
enum Victim
{
    /// <summary>A workers' process, with <c>kill -9</c>.</summary>
    Worker,

    /// <summary>A Bridge's process, with <c>kill -9</c>.</summary>
    Bridge,

    /// <summary>Redis, with <c>kill -9</c>; it forgets up to its last second.</summary>
    Redis,

    /// <summary>RabbitMQ, restarted in good order.</summary>
    RabbitMq,
}
