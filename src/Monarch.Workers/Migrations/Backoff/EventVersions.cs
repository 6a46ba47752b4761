namespace Monarch.Workers.Migrations.Backoff;

/// <summary>How a saga numbers its events, so that consumers can discard stale ones.</summary>
static class EventVersions
{
    /// <summary>
    /// A Redis that loses its last second restores an earlier state of a saga, but events of the lost state were already published. Where
    /// that may have happened, the version leaps over those of the lost events; otherwise the completion would count as stale.
    /// </summary>
    public const int Leap = 1000;
}
