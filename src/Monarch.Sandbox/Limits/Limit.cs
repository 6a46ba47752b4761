namespace Monarch.Sandbox.Limits;

enum Limit
{
    Primary,
    Concurrency,
    PointsPerMinute,
    CreationsPerMinute,
    CreationsPerHour,
    Banned,
}
