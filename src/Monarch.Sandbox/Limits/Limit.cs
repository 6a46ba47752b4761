namespace Monarch.Sandbox.Limits;

internal enum Limit
{
    Primary,
    Concurrency,
    PointsPerMinute,
    CreationsPerMinute,
    CreationsPerHour,
    Banned,
}
